import { useEffect, useState } from 'react';
import { CodeReader } from './code-reader';

/** A reader of codes that ends with the component. */
export const useCodeReader = (): CodeReader => {
  const [reader] = useState(() => new CodeReader());
  useEffect(() => () => reader.close(), [reader]);
  return reader;
};
