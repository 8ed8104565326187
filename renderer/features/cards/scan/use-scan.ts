import { useCallback, useRef, useState } from 'react';
import type { CardReading } from '../../../../shared/card';
import type { Contact } from '../../../../shared/contact';
import { present } from '../../../../shared/present';
import { errorWords } from '../../../words/error-words';
import type { ScanRequest } from '../../../state/card-dialogs';
import { useServices } from '../../../state/services';
import type { ScanProblem } from '../../../words/card-words';
import { inputOfFile } from './card-input';
import type { CodeReader } from '../codes/code-reader';
import type { Crop } from '../codes/code-search';
import { useBatch } from './use-batch';
import type { Batch } from './use-batch';
import { useCodeReader } from '../codes/use-code-reader';

/** Where a scan stands. `look`: waiting for a code; `busy`: searching or comparing. */
export type ScanStep =
  | { readonly kind: 'look' | 'busy' }
  | { readonly kind: 'problem'; readonly problem: ScanProblem }
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'read'; readonly text: string; readonly reading: CardReading }
  | { readonly kind: 'verified'; readonly text: string; readonly contact: Contact };

export type Scan = {
  readonly request: ScanRequest;
  readonly reader: CodeReader;
  readonly step: ScanStep;
  /** Whether several people are scanned one after the other. */
  readonly many: boolean;
  readonly batch: Batch;
  readonly setMany: (many: boolean) => void;
  readonly takeText: (text: string) => Promise<void>;
  /** Looks for codes in a picture, or a part of it. Resolves with false when there was none. */
  readonly takePicture: (picture: Blob, crop?: Crop) => Promise<boolean>;
  readonly takeFile: (file: File) => Promise<void>;
  readonly fail: (problem: ScanProblem) => void;
  readonly verified: (text: string, contact: Contact) => void;
  readonly again: () => void;
};

type ReadTexts = (texts: readonly string[]) => Promise<void>;
type Reading = {
  readonly request: ScanRequest;
  readonly many: boolean;
  readonly batch: Batch;
  readonly setStep: (step: ScanStep) => void;
};

/** Compares cards with what is known, one after the other; those of a batch go into its list. */
const useReadTexts = ({ request, many, batch, setStep }: Reading): ReadTexts => {
  const { identityId, expected } = request;
  const { core } = useServices();
  const { add } = batch;
  // The camera sees the same code many times before the first is answered.
  const reading = useRef(false);
  return useCallback(
    async (texts) => {
      if (reading.current) return;
      reading.current = true;
      if (!many) setStep({ kind: 'busy' });
      try {
        for (const text of texts) {
          const read = await core.call('cards.read', {
            identityId,
            text,
            ...present({ expected: many ? undefined : expected }),
          });
          if (many) add(text, read);
          setStep(many ? { kind: 'look' } : { kind: 'read', text, reading: read });
        }
      } catch (error) {
        setStep({ kind: 'failed', sentence: errorWords(error) });
      } finally {
        reading.current = false;
      }
    },
    [core, identityId, expected, many, add, setStep],
  );
};

/**
 * A scan from the first look to the verified person: what comes in by camera, picture, screen or keys all goes this one
 * way.
 */
export const useScan = (request: ScanRequest): Scan => {
  const reader = useCodeReader();
  const batch = useBatch(request.identityId);
  const [step, setStep] = useState<ScanStep>({ kind: 'look' });
  const [many, setMany] = useState(false);
  const readTexts = useReadTexts({ request, many, batch, setStep });
  const fail = (problem: ScanProblem) => setStep({ kind: 'problem', problem });
  const takeText = useCallback((text: string) => readTexts([text]), [readTexts]);
  const takePicture = async (picture: Blob, crop?: Crop) => {
    setStep({ kind: 'busy' });
    const found = await reader.inPicture(picture, crop);
    const problem = problemOf(found, many);
    if (problem !== undefined) fail(problem);
    else if ('texts' in found) await readTexts(found.texts);
    return problem === undefined;
  };
  const takeFile = async (file: File) => {
    setStep({ kind: 'busy' });
    const input = await inputOfFile(file);
    if ('problem' in input) fail(input.problem);
    else if (input.kind === 'text') await takeText(input.text);
    else await takePicture(input.picture);
  };
  const verified = (text: string, contact: Contact) => setStep({ kind: 'verified', text, contact });
  const again = () => setStep({ kind: 'look' });
  return { request, reader, step, many, batch, setMany, takeText, takePicture, takeFile, fail, verified, again };
};

const problemOf = (found: Awaited<ReturnType<CodeReader['inPicture']>>, many: boolean): ScanProblem | undefined => {
  if ('problem' in found) return found.problem;
  if (found.texts.length === 0) return 'no-code';
  return found.texts.length > 1 && !many ? 'several-codes' : undefined;
};
