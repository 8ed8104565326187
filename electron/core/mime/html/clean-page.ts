import { contentIdOf } from '../../../../shared/html/content-id';
import { KNOWN_ATTRIBUTES, KNOWN_TAGS } from '../../../../shared/html/known-markup';
import { SEEN, seenIn } from '../../../../shared/html/seen';
import { safeStyle } from '../../../../shared/html/style-policy';
import { UNSEEN_ELEMENTS } from '../../../../shared/html/unseen-elements';
import { linkTarget } from '../../../../shared/link/link-target';
import { VOID } from './elements';
import { MAX_ATTRIBUTE, readTags, type Attributes, type TagReader } from './read-tags';

/** What is known and tells of its writer's program or machine nevertheless, or has a rule of its own. */
const WITHHELD = new Set(['cite', 'headers', 'hidden', 'href', 'lang', 'src', 'style']);
const KEPT = new Set([...KNOWN_ATTRIBUTES].filter((name) => !WITHHELD.has(name)));
/** A file on the writer's machine, which programs name a picture after in `alt` and `title`. */
const PLACE =
  /\b(?:file|mailbox|imap):\/|(?:^|[\s"'(])(?:[a-z]:[\\/]|\\\\[^\s\\]|\/(?:home|users|tmp|private|var)\/)/iu;
const mayStay = (name: string, value: string): boolean =>
  KEPT.has(name) && value.length < MAX_ATTRIBUTE && !((name === 'alt' || name === 'title') && PLACE.test(value));

/**
 * A page that another program has written, as it may leave: the tags, attributes and styles that the window shows,
 * links to pages and addresses, and pictures of the letter itself. Classes, ids, comments, scripts, style sheets,
 * marks of editors, and addresses of files or of mail on its writer's machine are not among them. One pass, whatever
 * is wrong with the page.
 * @param contentIds of the files of the letter
 */
export function cleanPage(html: string, contentIds: ReadonlySet<string>): string {
  const page = new CleanPage(contentIds);
  readTags(html, page, KNOWN_ATTRIBUTES);
  return page.result();
}

class CleanPage implements TagReader {
  readonly #pieces: string[] = [];
  /** The element whose words nobody sees, and how many of its name are open in it. */
  #skipped: { readonly name: string; depth: number } | undefined;

  constructor(private readonly contentIds: ReadonlySet<string>) {}

  result(): string {
    return this.#pieces.join('');
  }

  open(name: string, attributes: Attributes): void {
    const skipped = this.#skipped;
    if (skipped) {
      if (skipped.name === name) skipped.depth += 1;
    } else if (UNSEEN_ELEMENTS.has(name)) this.#skipped = { name, depth: 1 };
    else if (name === 'img') this.#picture(attributes);
    else if (tagOf(name) !== undefined) this.#write(`<${tagOf(name) ?? ''}${attributesText(name, attributes)}>`);
  }

  close(name: string): void {
    const skipped = this.#skipped;
    if (!skipped) {
      if (tagOf(name) !== undefined && !VOID.has(name)) this.#write(`</${tagOf(name) ?? ''}>`);
      return;
    }
    if (skipped.name !== name) return;
    skipped.depth -= 1;
    if (skipped.depth === 0) this.#skipped = undefined;
  }

  text(text: string): void {
    if (!this.#skipped) this.#write(escaped(text));
  }

  /** One that the letter does not bring is its words, as in the window. */
  #picture(attributes: Attributes): void {
    const contentId = contentIdOf(attributes.get('src') ?? '');
    const words = attributes.get('alt') ?? '';
    if (contentId === undefined || !this.contentIds.has(contentId))
      this.#write(PLACE.test(words) ? '' : escaped(words));
    else this.#write(`<img src="cid:${uriText(contentId)}"${attributesText('img', attributes)}>`);
  }

  #write(text: string): void {
    this.#pieces.push(text);
  }
}

/** The body's own style is for all that stands in it. */
const tagOf = (name: string): string | undefined => (name === 'body' ? 'div' : KNOWN_TAGS.has(name) ? name : undefined);

function attributesText(name: string, attributes: Attributes): string {
  const kept = [...attributes].filter(([attribute, value]) => mayStay(attribute, value));
  const style = safeStyle(attributes.get('style') ?? '');
  const href = name === 'a' ? hrefOf(attributes.get('href')) : undefined;
  if (style !== '') kept.push(['style', style]);
  if (href !== undefined) kept.push(['href', href]);
  // What hides it may be a style that does not stay.
  const seen = seenIn(SEEN, { name, attribute: (attribute) => attributes.get(attribute) });
  if (seen.isGone || seen.isHidden) kept.push(['hidden', '']);
  return kept.map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`).join('');
}

/** An address that was cut would be another one. */
const hrefOf = (href: string | undefined): string | undefined =>
  href === undefined || href.length >= MAX_ATTRIBUTE ? undefined : linkTarget(href);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');

/** Without the signs that end an address where it is looked for. */
const uriText = (text: string): string =>
  encodeURIComponent(text).replace(/['()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
