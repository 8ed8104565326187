import { CustodyId, type OnionHost } from '../../../shared/ids';
import { custodyReply, custodyText, type CustodyReceipt } from '../domain/custody/custody';
import { readHeldRecipient } from '../domain/custody/held-recipient';
import { createCustodyCrypto } from '../custody/create-custody-crypto';
import { createMime } from '../mime/create-mime';
import { makeOnionKeys } from '../onion/onion-keys';
import type { SendOutcome } from '../domain/delivery-outcome';
import type { SmtpReply } from '../domain/refusals';
import type { Log } from '../ports/runtime';
import type { LocalServer } from '../ports/local-server';
import { systemClock } from '../runtime/system-clock';
import { systemRandom } from '../runtime/system-random';
import { createSmtpListeners } from '../smtp/smtp-listener';
import { createSmtpSender } from '../smtp/smtp-sender';
import type { CustodyPerson } from './custody-people';
import type { LoopbackNetwork } from './loopback-onion';

type Kept = { readonly raw: Uint8Array; readonly receipt: CustodyReceipt };

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Stands in the place of an honest holder, with its onion and key: signs for everything, and does with it what a test
 * wants.
 */
export class RogueHolder {
  readonly kept: Kept[] = [];
  readonly #crypto = createCustodyCrypto();
  #server: LocalServer | undefined;

  private constructor(
    private readonly network: LoopbackNetwork,
    private readonly onion: OnionHost,
    private readonly seed: Uint8Array,
  ) {}

  /** From now on dials to the onion of `holder` reach this one. */
  static async inPlaceOf(network: LoopbackNetwork, { core, own }: CustodyPerson): Promise<RogueHolder> {
    const { words } = await core.call('identities.paperKey', { identityId: own.id });
    const seed = makeOnionKeys().fromWords(words.join(' '));
    if (!seed) throw new Error('These words are no seed');
    core.onion.setOnline(false);
    const rogue = new RogueHolder(network, own.onion, seed);
    await rogue.#listen();
    return rogue;
  }

  /** Hands a message over as a holder does; `tamper` changes what was held. */
  handOver(kept: Kept, o: { to: string; tamper?: (held: Uint8Array) => Uint8Array }): Promise<SendOutcome> {
    const held = o.tamper?.(Uint8Array.from(kept.raw)) ?? kept.raw;
    return createSmtpSender({ clock: systemClock() }).send({
      from: null,
      to: o.to,
      raw: createMime().markEnvelope({ held, receipt: kept.receipt, left: 0 }),
      greeting: this.onion,
      dial: () => this.network.dial(kept.receipt.client, 25),
      progressed: () => undefined,
      signal: new AbortController().signal,
    });
  }

  async stop(): Promise<void> {
    this.network.withdraw(this.onion);
    await this.#server?.stop();
  }

  async #listen(): Promise<void> {
    const listeners = createSmtpListeners({ clock: systemClock(), log: silent, random: systemRandom() });
    this.#server = await listeners.start({
      name: this.onion,
      handler: {
        checkMailFrom: () => ({ address: null, isKnown: true }),
        checkRcptTo: (text) => {
          const named = readHeldRecipient(text);
          if (!named) return { reply: { code: 550, enhanced: '5.1.1', text: 'No such mailbox here' } };
          return {
            recipient: {
              for: 'client',
              agreementId: systemRandom().uuid() as never,
              token: `${named.token}@${named.client}`,
            },
            isKnown: true,
          };
        },
        receive: ({ rcptTo, raw }) => this.#keep(rcptTo.for === 'client' ? rcptTo.token : '', raw),
        queueRun: () => undefined,
        progressed: () => undefined,
      },
    });
    this.network.publish(this.onion, new Map([[25, this.#server.door]]));
  }

  async #keep(recipient: string, raw: Uint8Array): Promise<SmtpReply> {
    const at = Date.now();
    const unsigned = {
      holder: this.onion,
      client: readHeldRecipient(recipient)?.client ?? this.onion,
      custodyId: CustodyId.parse(systemRandom().uuid()),
      digest: await this.#crypto.digest(raw),
      at,
      until: at + 20 * 86_400_000,
    };
    const receipt = { ...unsigned, signature: this.#crypto.sign({ seed: this.seed, text: custodyText(unsigned) }) };
    this.kept.push({ raw, receipt });
    return { code: 250, enhanced: '2.0.0', text: custodyReply(receipt) };
  }
}
