// What the scripts beside this one share: what they are given, and the words of what the guide draws.

/** The words of what is drawn, a line an element. */
export function words(node) {
  if (Array.isArray(node)) {
    return node.map(words).join("");
  }
  if (node === null || node === undefined || typeof node === "boolean") {
    return "";
  }
  return typeof node === "object" ? `${words(node.props.children)}\n` : String(node);
}

/** What stands on standard input, as JSON. */
export async function given() {
  let text = "";
  for await (const part of process.stdin) {
    text += part;
  }
  return JSON.parse(text);
}
