// Does what standard input asks of the guide's own keeping, one thing after the other, and writes what came of each.

import { codeOf, open, restore, seal } from "../../../src/trellis/guide/assets/js/keep.js";
import { load } from "../../../src/trellis/guide/assets/js/core/knowledge.js";
import { inflate } from "../../../src/trellis/guide/assets/js/keep_inflate.js";

const doing = {
  seal: ({ payload, passphrase }) => seal(payload, passphrase),
  // As in a browser of 2021, which cannot pack.
  stored: async ({ payload, passphrase }) => {
    const kept = globalThis.CompressionStream;
    delete globalThis.CompressionStream;
    const text = await seal(payload, passphrase);
    globalThis.CompressionStream = kept;
    return text;
  },
  open: ({ text, passphrase }) => open(text, passphrase),
  code: ({ text }) => codeOf(text),
  inflate: ({ data, most }) => Buffer.from(inflate(new Uint8Array(Buffer.from(data, "base64")), most)).toString("base64"),
  left: ({ core, payload, today }) => restore(load(core), payload, today).left,
  told: ({ core, payload, today }) => restore(load(core), payload, today).state.told,
};

let text = "";
for await (const part of process.stdin) {
  text += part;
}
const found = [];
for (const one of JSON.parse(text)) {
  try {
    found.push({ gives: await doing[one.do](one) });
  } catch (error) {
    found.push({ problem: error.problem || error.name });
  }
}
process.stdout.write(JSON.stringify(found));
