import { useEffect, useState } from 'react';
import { colourTokens } from '../web/person-signs';
import type { ColourName, Palette } from '../web/person-signs';

const readPalette = (): Palette => {
  const style = getComputedStyle(document.documentElement);
  const entries = Object.entries(colourTokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()]);
  return Object.fromEntries(entries) as Record<ColourName, string>;
};

/** The colours of the present theme as a canvas needs them. */
export const usePalette = (): Palette => {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const observer = new MutationObserver(() => setPalette(readPalette()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return palette;
};
