import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OnionHost } from '../../../../../shared/ids';
import { heldRecipient } from '../../../domain/custody/held-recipient';
import { onionOf } from '../../../domain/mail-address';
import { createCustodyCrypto } from '../../../custody/create-custody-crypto';
import { agreement, holding } from '../../../store/testing/custody-fixtures';
import { BOB, NOW, openTestStore, type TestStore } from '../../../store/testing/store-fixtures';
import { SettableClock } from '../../../testing/settable-clock';
import { checkHeldRecipient } from './keep-envelope';

const services = { clock: new SettableClock(NOW), custodyCrypto: createCustodyCrypto() };
const holder = OnionHost.parse(`${'a'.repeat(56)}.onion`);
const quotaBytes = 1024 * 1024;

let test: TestStore;
let tokens: string[];
beforeEach(() => {
  test = openTestStore();
  tokens = [0, 1].map((index) => services.custodyCrypto.token({ seed: new Uint8Array(32), holder, index }));
});
afterEach(() => test.remove());

const check = (token: string, announcedSize: number): ReturnType<typeof checkHeldRecipient> =>
  checkHeldRecipient(services, test.store, { text: heldRecipient({ token, client: onionOf(BOB) }), announcedSize });

describe('a holder that is nearly full', () => {
  it('takes an envelope that it keeps already once more, because its 250 was lost, and nothing else past its room', async () => {
    const agreed = agreement({ quotaBytes });
    const hashes = tokens.map((token) => services.custodyCrypto.tokenHash(token));
    test.store.custody.agreements.put(agreed);
    test.store.custody.asHolder.putTokens({ agreementId: agreed.id, issuedAt: NOW, hashes });
    const size = quotaBytes - 1_000;
    await test.store.custody.asHolder.hold(holding(agreed.id, hashes[0]!, new Uint8Array(size)));
    expect(check(tokens[0]!, size)).toMatchObject({ recipient: { token: tokens[0] }, room: size });
    expect(check(tokens[0]!, size + 1)).toMatchObject({ reply: { code: 452 } });
    expect(check(tokens[1]!, size)).toMatchObject({ reply: { code: 452 } });
    expect(check(tokens[1]!, 1_000)).toMatchObject({ room: 1_000 });
    // A peer that knows no token learns nothing of what is held.
    expect(check(`${tokens[0]!.slice(1)}a`, size)).toBeUndefined();
  });
});
