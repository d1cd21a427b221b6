import { foundCloud, type FileProblem, type FoundCloud } from './found.js';

/** Whether a text looks like an openrc file, for bash or PowerShell. */
export function isOpenrc(text: string): boolean {
  return /(?:^|[\s;])(?:export\s+OS_\w+=|OS_AUTH_URL=|\$env:OS_\w+\s*=)/im.test(text);
}

/**
 * Reads an openrc file for what it sets. Nothing is run: quotes, earlier variables and defaults are understood, what
 * the shell would ask the person or another program for is asked of the person.
 */
export function readOpenrc(text: string): FoundCloud | FileProblem {
  const shell = new Variables();
  let depth = 0;
  for (const words of statements(text)) {
    const [first] = words;
    const at = /^(?:then|else|do)$/.test(first?.raw ?? '') ? 1 : 0;
    const [head, ...rest] = words.slice(at);
    if (!head) continue;
    if (head.raw === 'if') depth++;
    else if (head.raw === 'fi') depth--;
    // In an openrc file, what is unset on a condition is empty anyway.
    else if (head.raw === 'unset') for (const { raw } of rest) shell.unset(raw, depth > 0);
    else if (head.raw === 'read')
      for (const { raw } of rest.filter((word) => !word.raw.startsWith('-'))) shell.ask(raw);
    else
      for (const word of /^(?:export|declare|local)$/.test(head.raw) ? rest : [head, ...rest])
        shell.assign(word);
  }
  for (const [, name = '', value = ''] of text.matchAll(/^\s*\$env:(OS_\w+)\s*=\s*(.*?)\s*$/gim))
    shell.assignPowerShell(name, value);
  return foundCloud(undefined, shell.values(), shell.asked());
}

interface Word {
  /** As it is written, quotes taken off. */
  readonly raw: string;
  /** Parts that the shell expands, and parts that it takes as they are. */
  readonly parts: readonly { readonly text: string; readonly literal: boolean }[];
}

/** The statements of a file, each as its words. */
function* statements(text: string): Generator<Word[]> {
  let words: Word[] = [];
  let parts: { text: string; literal: boolean }[] = [];
  let begun = false;
  const add = (piece: string, literal: boolean): void => {
    begun = true;
    const last = parts.at(-1);
    if (last?.literal === literal) last.text += piece;
    else parts.push({ text: piece, literal });
  };
  const endWord = (): void => {
    if (begun) words.push({ raw: parts.map((part) => part.text).join(''), parts });
    parts = [];
    begun = false;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\' && /^\r?\n/.test(text.slice(i + 1))) i += text.charAt(i + 1) === '\r' ? 2 : 1;
    else if (char === '\\') add(text.charAt(++i), true);
    else if (char === "'") {
      const end = closing(text, i, "'");
      add(text.slice(i + 1, end), true);
      i = end;
    } else if (char === '"') {
      for (i++; i < text.length && text.charAt(i) !== '"'; i++) {
        const escaped = text.charAt(i) === '\\' && /["\\$`]/.test(text.charAt(i + 1));
        if (escaped) i++;
        add(text.charAt(i), escaped);
      }
      add('', true);
    } else if (char === '`' || text.startsWith('$(', i)) {
      const end = closing(text, i, char === '`' ? '`' : ')');
      add(text.slice(i, end + 1), false);
      i = end;
    } else if (char === '#' && !begun) {
      const end = text.indexOf('\n', i);
      i = (end < 0 ? text.length : end) - 1;
    } else if (/[\n;]/.test(char)) {
      endWord();
      if (words.length > 0) yield words;
      words = [];
    } else if (/\s/.test(char)) endWord();
    else add(char, false);
  }
  endWord();
  if (words.length > 0) yield words;
}

function closing(text: string, from: number, quote: string): number {
  const end = text.indexOf(quote, from + 1);
  return end < 0 ? text.length : end;
}

const EXPANSION = /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+)|\([^)]*\))|`[^`]*`/g;

/** Variables as a shell would have them at the end. */
class Variables {
  readonly #values = new Map<string, string>();
  /** Those whose value only the person knows. */
  readonly #asked = new Set<string>();

  ask(name: string): void {
    this.#asked.add(name);
  }

  unset(name: string, ifEmpty: boolean): void {
    if (ifEmpty && this.#values.get(name)) return;
    this.#values.delete(name);
    this.#asked.delete(name);
  }

  assign({ parts }: Word): void {
    const [first] = parts;
    const [, name, start = ''] = /^(\w+)=([^]*)$/.exec(first?.literal === false ? first.text : '') ?? [];
    if (name === undefined) return;
    let asks = false;
    const expand = (text: string): string =>
      text.replace(EXPANSION, (_, braced?: string, fallback?: string, plain?: string) => {
        const variable = braced ?? plain;
        if (variable === undefined || (this.#asked.has(variable) && !this.#values.get(variable))) {
          asks = true;
          return '';
        }
        return (this.#values.get(variable) || fallback) ?? '';
      });
    const value = [{ text: start, literal: false }, ...parts.slice(1)]
      .map(({ text, literal }) => (literal ? text : expand(text)))
      .join('');
    this.#asked.delete(name);
    if (asks) this.#asked.add(name);
    this.#values.set(name, value);
  }

  assignPowerShell(name: string, written: string): void {
    const [, quoted] = /^"([^]*)"$/.exec(written) ?? /^'([^]*)'$/.exec(written) ?? [];
    if (quoted === undefined && /read-host|\$|\(/i.test(written)) this.#asked.add(name);
    else this.#values.set(name, (quoted ?? written).replace(/`(["$`])/g, '$1').replaceAll("''", "'"));
  }

  values(): Map<string, string> {
    return new Map(
      [...this.#values].flatMap(([name, value]) =>
        name.startsWith('OS_') ? [[name.slice(3).toLowerCase(), value] as const] : [],
      ),
    );
  }

  asked(): Set<string> {
    return new Set([...this.#asked].map((name) => name.replace(/^OS_/, '').toLowerCase()));
  }
}
