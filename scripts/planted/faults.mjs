/** Faults that `node scripts/plant-faults.mjs` plants one by one, and the tests that must catch each. */

/**
 * `edits`: a text that stands once in the sources of the core, and what it becomes. Files are found by the text, so
 * that they may move. `tests`: file names; `only`: the start of a test's name, where the whole file takes long.
 * @type {{name: string, edits: [string, string][], tests: string[], only?: string}[]}
 */
export const faults = [
  {
    name: 'The mail database does not wait for the disk',
    edits: [['PRAGMA synchronous = FULL;', 'PRAGMA synchronous = OFF;']],
    tests: ['open-database.test.ts'],
  },
  {
    name: '250 is answered before COMMIT',
    edits: [
      [
        'const { outcome } = await mailbox.messages.receive(\n    { ...row, signer, ...present({ receipt, arrivedFrom }) },\n    bodies.served,\n  );',
        "const outcome = 'stored' as 'stored' | 'no-room';\n  mailbox.messages.receive({ ...row, signer, ...present({ receipt, arrivedFrom }) }, bodies.served).catch(() => undefined);",
      ],
    ],
    tests: ['full-disk.test.ts'],
    only: 'refuses mail for now',
  },
  {
    name: "The onion's certification of a key is not asked for",
    edits: [
      [
        "if (certification.outcome === 'refused') return withFacts(certification, raw, { ...question, certifier });",
        "if (certification.outcome === 'refused') Object.assign(certification, { certifiedAt: question.now, expiresAt: question.now + 1e9, signature: key.selfCertification });",
      ],
    ],
    tests: ['check-key-block.test.ts'],
  },
  {
    name: 'A revocation counts for an address that its key never had',
    edits: [['if (isOfAddress) return true;', 'return true;']],
    tests: ['signing-key.test.ts'],
    only: 'a key that somebody has revoked',
  },
  {
    name: 'A refusal ends a delivery before its remedy was tried',
    edits: [['if (o.outcome.remedy === undefined || sealedAnew >= MAX_SEALED_ANEW)', 'if (sealedAnew >= 0)']],
    tests: ['remedy-refusal.test.ts'],
    only: 'a recipient who came back',
  },
  {
    name: 'A retry seals anew and sends other octets',
    edits: [
      ['if (before && mailbox.outbox.isSealed(delivery.id)) return before;', ''],
      ['|| mailbox.outbox.isSealed(delivery.id)) continue;', ') continue;'],
      ['WHERE id = $id AND wire_copy_row IS NULL', 'WHERE id = $id'],
    ],
    tests: ['delivery-races.test.ts'],
    only: 'sends the octets of the first try',
  },
  {
    name: "A holder's quota is off by one octet",
    edits: [
      [
        "if (mail.size > roomFor(sql, { agreementId: mail.agreementId, free })) return { outcome: 'full' };",
        "if (mail.size > roomFor(sql, { agreementId: mail.agreementId, free }) + 1) return { outcome: 'full' };",
      ],
    ],
    tests: ['held-mail.test.ts'],
  },
  {
    name: 'The outbox is not woken when a retry is due',
    edits: [
      [
        'Math.min(milliseconds, LONGEST_WAIT_MS), () => {\n        this.startDue();\n      });',
        'Math.min(milliseconds, LONGEST_WAIT_MS), () => {});',
      ],
    ],
    tests: ['two-people.test.ts'],
    only: 'waits while the recipient is offline',
  },
  {
    name: 'A stranger joins the conversation that they name',
    edits: [
      [
        'return isAmong(one, other, samePerson) && isAmong(other, one, samePerson);',
        'return isAmong(one, one, samePerson) && isAmong(other, other, samePerson);',
      ],
    ],
    tests: ['join-conversations.test.ts'],
  },
  {
    name: 'A token is accepted for a second message',
    edits: [['return before.digest === mail.digest\n      ? {', 'return before.digest !== undefined\n      ? {']],
    tests: ['held-mail.test.ts'],
  },
  {
    name: 'A backup may ask for any amount of memory',
    edits: [['const HIGHEST_WORK_FACTOR = 20;', 'const HIGHEST_WORK_FACTOR = 99;']],
    tests: ['backups.test.ts'],
    only: 'one that asks for more memory',
  },
  {
    name: 'A profile may ask for any amount of memory',
    edits: [['.min(8).max(1_048_576)', '.min(8)']],
    tests: ['profile.test.ts'],
  },
  {
    name: 'The timer of a closed connection stays',
    edits: [['this.#cancelIdle();\n    this.#cancelLimit();', 'this.#cancelIdle();']],
    tests: ['smtp-listener.test.ts'],
    only: 'leaves no timer behind',
  },
  {
    name: 'A stranger gets one request too many into the mailbox',
    edits: [['o.requestsFromSender < MAX_REQUESTS_PER_SENDER', 'o.requestsFromSender <= MAX_REQUESTS_PER_SENDER']],
    tests: ['hostile-peer.test.ts'],
    only: 'takes only a limited amount of first mail',
  },
];
