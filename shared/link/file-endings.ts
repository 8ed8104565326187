/** Endings of files that are no top domains. */
const ENDINGS = new Set(
  (
    'pdf doc docx docm dot dotx xls xlsx xlsm xlsb xlt ppt pptx pptm pps ppsx odt ods odp odg odf rtf txt text csv tsv log ' +
    'tex epub mobi azw pages numbers ics vcf eml mbox msg asc sig gpg pgp key crt cer pem p7s json yaml yml xml toml ini conf ' +
    'html htm xhtml mhtml css js mjs cjs ts tsx jsx php asp aspx jsp cgi cpp hpp java class jar kt go rb lua swift sql db sqlite ' +
    'jpg jpeg jpe png gif bmp svg webp heic heif avif tif tiff ico psd eps raw mp3 wav ogg oga flac aac wma opus mp4 avi mkv webm ' +
    'wmv mpg mpeg srt gz tgz bz xz zst rar tar iso img dmg exe msi deb rpm apk appimage bat cmd dll bin torrent onionkey age ' +
    'ttf otf woff woff2 step stl dwg dxf gpx kml'
  ).split(' '),
);
/** Endings that are top domains too: `readme.md`, `photos.zip`. */
const DOUBTFUL = new Set('zip mov md sh py rs pl ps'.split(' '));

export const isFileEnding = (ending: string): boolean => ENDINGS.has(ending.toLowerCase());

export const isDoubtfulEnding = (ending: string): boolean => DOUBTFUL.has(ending.toLowerCase());
