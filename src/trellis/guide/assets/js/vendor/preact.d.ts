// The part of Preact that the guide uses, for the type checker. Not shipped.
export interface VNode { type: unknown; props: Record<string, unknown>; key: unknown; }
export function h(type: unknown, props: Record<string, unknown> | null, ...children: unknown[]): VNode;
export function render(node: VNode | null, parent: Element): void;
export const Fragment: unknown;
