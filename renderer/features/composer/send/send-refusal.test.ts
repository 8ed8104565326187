import { describe, expect, it } from 'vitest';
import type { DraftContent } from '../../../../shared/message';
import type { AttachmentItem } from '../attachments/attachment-list';
import { makeServices } from '../../../testing/make-services';
import { addressOf } from '../../../testing/sample-mail';
import { sendRefusal } from './send-refusal';

const content = (change: Partial<DraftContent>): DraftContent => ({
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  ...change,
});
const none = { busy: false, items: [] };
const item = (change: Partial<AttachmentItem>): AttachmentItem => ({
  key: 'k',
  filename: 'f',
  size: 1,
  id: undefined,
  percent: 0,
  error: undefined,
  ...change,
});

/** A core to which every text with «wrong» in it is no address. */
const { services } = makeServices({
  core: {
    'addresses.check': ({ text }) =>
      text.includes('wrong')
        ? { outcome: 'invalid', problem: 'checksum' }
        : { outcome: 'ok', address: addressOf('bob') },
  },
});

const refusal = (change: Partial<DraftContent>, attachments: Parameters<typeof sendRefusal>[2] = none) =>
  sendRefusal(services.core, content(change), attachments);

describe('a message', () => {
  it('needs somebody to go to', async () => {
    expect(await refusal({ subject: 'Hello' })).toBe('Add at least one recipient first.');
    expect(await refusal({ bcc: ['b'] })).toBeUndefined();
  });

  it('does not go with an address that is not right, and says how many', async () => {
    expect(await refusal({ to: ['b', 'wrong'] })).toMatch(/^One address is not right/);
    expect(await refusal({ to: ['wrong'], cc: ['wrong too'], bcc: ['wrong as well'] })).toMatch(/^3 addresses/);
  });

  it('waits for attachments that are being added', async () => {
    expect(await refusal({ to: ['b'] }, { busy: true, items: [item({})] })).toMatch(/^Wait until all attachments/);
  });

  it('does not go without an attachment that could not be added', async () => {
    expect(await refusal({ to: ['b'] }, { busy: false, items: [item({ error: 'No.' })] })).toMatch(
      /could not be added/,
    );
  });

  it('goes when nothing is wrong', async () => {
    expect(await refusal({ to: ['b'] }, { busy: false, items: [item({ percent: 100 })] })).toBeUndefined();
  });
});
