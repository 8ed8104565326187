/**
 * Splits what a person typed or pasted into single addresses: commas, semicolons, line ends, or bare spaces between
 * them.
 */
export const splitRecipients = (text: string): readonly string[] =>
  text
    .split(/[,;\r\n\t]+/)
    .flatMap((part) => addressesIn(part))
    .filter((part, index, all) => part !== '' && all.indexOf(part) === index);

const addressesIn = (part: string): readonly string[] => {
  const bracketed = /<([^<>]+)>/.exec(part);
  if (bracketed?.[1] !== undefined) return [bareAddress(bracketed[1])];
  const words = part.trim().split(/\s+/);
  // «Bob Smith» is one wrong entry, «a@x.onion b@y.onion» are two good ones.
  return words.filter((word) => word.includes('@')).length > 1 ? words.map(bareAddress) : [bareAddress(part)];
};

const bareAddress = (text: string): string =>
  text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^["'(]+|["').]+$/g, '');

/** True when the text holds a separator that ends an address, so that tokens can be made of it. */
export const endsRecipient = (text: string): boolean =>
  /[,;\r\n]/.test(text) || (text.includes('@') && /\s/.test(text.trim()));
