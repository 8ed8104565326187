import { present } from '../../../../shared/present';
import type { Keyring } from '../../ports/storage/keyring';
import type { Mailbox } from '../mailbox';

/** Certifications that are read at once: few enough that a large ring does not hold up mail. */
const PAGE = 2_000;

type Read = ReturnType<Keyring['verifiedCertifications']>;

/** All verified certifications of a ring, read in pages; other work runs between two pages. */
export async function readCertifications({ keyring }: Pick<Mailbox, 'keyring'>): Promise<Read> {
  const all: Read = [];
  let after: string | undefined;
  for (;;) {
    const page = keyring.verifiedCertifications({ ...present({ after }), limit: PAGE });
    all.push(...page);
    after = page.at(-1)?.id;
    if (page.length < PAGE) return all;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
