import { Tokenizer } from 'htmlparser2';

/** Attributes by name, in lower case; of those that stand twice the first counts. */
export type Attributes = ReadonlyMap<string, string>;

/** What a page consists of, in order. */
export type TagReader = {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
};

/** The attributes that say what is seen; the others are not kept. */
const KEPT = new Set(['alt', 'hidden', 'href', 'open', 'start', 'style', 'type']);
/** Characters of one attribute; a longer one counts as cut off. */
const MAX_ATTRIBUTE = 8_000;

/** A tag while it is read. */
type OpenTag = { name: string; attributes: Map<string, string>; attribute: string | undefined; pieces: string[] };

/**
 * Reads the tags of a page in one pass (WHATWG HTML 13.2.5, by htmlparser2), whatever is wrong with it. Entities are
 * decoded, comments and declarations passed over; a tag that is never closed hides the rest, as in a browser.
 */
export function readTags(html: string, reader: TagReader): void {
  let tag: OpenTag = newTag('');
  const add = (text: string): void => {
    if (tag.attribute !== undefined) tag.pieces.push(text);
  };
  const end = (): void => {
    reader.open(tag.name, tag.attributes);
  };
  const nothing = (): void => undefined;
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname: (start, until) => {
        tag = newTag(html.slice(start, until).toLowerCase());
      },
      onattribname: (start, until) => {
        const name = until - start > 10 ? '' : html.slice(start, until).toLowerCase();
        tag.attribute = KEPT.has(name) && !tag.attributes.has(name) ? name : undefined;
        tag.pieces = [];
      },
      onattribdata: (start, until) => {
        add(html.slice(start, until));
      },
      onattribentity: (code) => {
        add(String.fromCodePoint(code));
      },
      onattribend: () => {
        if (tag.attribute !== undefined) tag.attributes.set(tag.attribute, tag.pieces.join('').slice(0, MAX_ATTRIBUTE));
        tag.attribute = undefined;
      },
      onopentagend: end,
      onselfclosingtag: end,
      onclosetag: (start, until) => {
        reader.close(html.slice(start, until).trim().toLowerCase());
      },
      ontext: (start, until) => {
        reader.text(html.slice(start, until));
      },
      ontextentity: (code) => {
        reader.text(String.fromCodePoint(code));
      },
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

const newTag = (name: string): OpenTag => ({ name, attributes: new Map(), attribute: undefined, pieces: [] });
