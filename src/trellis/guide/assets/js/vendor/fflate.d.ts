// The part of fflate that the guide uses, for the type checker. Not shipped.
export function inflateSync(data: Uint8Array, options: { out: Uint8Array }): Uint8Array;
