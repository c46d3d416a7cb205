/** A line of Python in colours: what each stretch of it is. */

const WORDS =
  "False None True and as assert break class continue def del elif else except finally " +
  "for from global if import in is lambda nonlocal not or pass raise return try while with yield";
const KEYWORDS = new Set(WORDS.split(" "));
const TOKEN =
  /(?<comment>#.*)|(?<string>[rbf]{0,2}(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?))|(?<number>\b\d[\d_.eE]*\b)|(?<word>[A-Za-z_]\w*)|(?<rest>\s+|[^\w\s#"']+|.)/gy;

/**
 * The stretches of one line.
 * @param {string} line
 * @param {boolean} inside the line begins inside a docstring
 * @returns {{parts: {kind: string, text: string}[], inside: boolean}}
 */
export function stretches(line, inside = false) {
  const quotes = line.split('"""').length - 1;
  if (inside || quotes % 2) {
    return { parts: [{ kind: "string", text: line }], inside: inside !== (quotes % 2 === 1) };
  }
  if (quotes) return { parts: [{ kind: "string", text: line }], inside: false };
  return { parts: tokens(line), inside: false };
}

function tokens(line) {
  const parts = [];
  for (const match of line.matchAll(TOKEN)) {
    const [kind, text] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    const next = line[match.index + text.length];
    parts.push({ kind: kind === "word" ? sort(text, next) : kind, text });
  }
  return parts;
}

function sort(word, next) {
  if (KEYWORDS.has(word)) return "keyword";
  if (next === "(") return "call";
  return next === "=" ? "argument" : "rest";
}
