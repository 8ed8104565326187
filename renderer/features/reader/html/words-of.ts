/** Elements that stand in a line with the words around them; all others part words. */
const IN_LINE = new Set(
  'a abbr b big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** The words in an element as they stand before a reader: those of two lines or cells are not one word. */
export const wordsOf = (element: Element): string => {
  const words: string[] = [];
  const walk = (node: Node): void => {
    if (node.nodeType === 3) words.push(node.nodeValue ?? '');
    if (node.nodeType !== 1) return;
    const parts = IN_LINE.has(node.nodeName.toLowerCase()) ? '' : ' ';
    words.push(parts);
    for (const child of node.childNodes) walk(child);
    words.push(parts);
  };
  walk(element);
  return words.join('');
};
