import { MAX_HTML_CHARACTERS } from '../limits';

type File = { readonly contentId?: string };

/** RFC 2392, where it stands in a page or, as some programs write it for a picture, in brackets in a text. */
const CID = /\bcid:([^\s"'<>()[\]]{1,300})/gi;

type Letter<F extends File> = {
  readonly html: string | undefined;
  readonly text: string;
  readonly files: readonly F[];
};
type Renamed<F extends File> = { readonly html?: string; readonly text: string; readonly files: readonly F[] };

/**
 * Page, text and the pictures that the page shows, with names of ours for them: those that programs make often hold the
 * name of the machine, or the time. A file that no page shows has no name.
 * @param newName a new Content-ID, without angle brackets
 */
export function renameContentIds<F extends File>({ html, text, files }: Letter<F>, newName: () => string): Renamed<F> {
  const there = new Set(files.map(({ contentId }) => contentId));
  const names = new Map<string, string>();
  const renamed = (whole: string, name: string): string => {
    if (!there.has(name)) return whole;
    names.set(name, names.get(name) ?? newName());
    return `cid:${names.get(name) ?? ''}`;
  };
  // Of so long a page the window shows the beginning alone.
  const isLong = html !== undefined && html.length > MAX_HTML_CHARACTERS;
  const page = isLong ? html : html?.replace(CID, (whole, given: string) => renamed(whole, decoded(given)));
  return {
    ...(page === undefined ? {} : { html: page }),
    text: text.replace(CID, (whole, given: string) => (there.has(given) ? `cid:${names.get(given) ?? ''}` : whole)),
    files: files.map((file) => renamedFile(file, names)),
  };
}

function renamedFile<F extends File>(file: F, names: ReadonlyMap<string, string>): F {
  const contentId = file.contentId === undefined ? undefined : names.get(file.contentId);
  return contentId === undefined ? unnamed(file) : { ...file, contentId };
}

function unnamed<F extends File>(file: F): F {
  const { contentId: _gone, ...rest } = file;
  // Without the one field that may be absent it is still an F.
  return rest as F;
}

function decoded(given: string): string {
  try {
    return decodeURIComponent(given.replaceAll('&amp;', '&'));
  } catch {
    return given;
  }
}
