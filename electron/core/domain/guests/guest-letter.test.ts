import { describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../shared/ids';
import { guestReplies, refuseGuestLetter, replyToUnsealed } from './guest-letter';

const onion = `${'g'.repeat(56)}.onion`;
const gina = MailAddress.parse(`gina@${onion}`);
const messageId = `<0f3a@${onion}>`;
const subject = '[...]';
/** RFC 5321 4.5.3.1.5: a reply line has 512 octets at most. */
const LINE = 512;

describe('a letter of a guest', () => {
  it('leaves when it is from the guest, with a tag or not, and made at the guest’s onion', () => {
    for (const from of [gina, MailAddress.parse(`gina+news@${onion}`)])
      expect(refuseGuestLetter({ from, messageId, subject }, gina)).toBeUndefined();
  });

  it('is refused in another name, of the same onion or not', () => {
    for (const from of [`anna@${onion}`, `gina@${'h'.repeat(56)}.onion`])
      expect(refuseGuestLetter({ from: MailAddress.parse(from), messageId, subject }, gina)).toBe(
        guestReplies.notYourFrom,
      );
  });

  it('is refused when its Message-ID names a machine, and its program is told what to set', () => {
    const names = [
      '<1@laptop.local>',
      '<1@localhost>',
      '<1>',
      `<1@x${onion}>`,
      `<1@${onion}.local>`,
      `<1@sub.${onion}>`,
    ];
    for (const named of names) {
      const reply = refuseGuestLetter({ from: gina, messageId: named, subject }, gina);
      expect(reply).toMatchObject({ code: 550, enhanced: '5.7.1' });
      expect(reply?.text).toContain(`set hostname=${onion}`);
    }
  });

  it('is refused when its subject can be read outside of the seal', () => {
    for (const said of ['Supper', '...a', 'Re: ...', '晩ご飯'])
      expect(refuseGuestLetter({ from: gina, messageId, subject: said }, gina)).toBe(guestReplies.openSubject);
    for (const hidden of ['', '...', '[...]', '…', 'Encrypted Message', 'encrypted subject'])
      expect(refuseGuestLetter({ from: gina, messageId, subject: hidden }, gina)).toBeUndefined();
  });

  it('is told how to be sealed, in one line of ASCII', () => {
    expect(replyToUnsealed('not-sealed').text).toMatch(/Turn on OpenPGP encryption and signing/);
    expect(replyToUnsealed('nul')).toMatchObject({ code: 554 });
    expect(replyToUnsealed('bad-address')).toBe(guestReplies.notYourFrom);
    const foreign = refuseGuestLetter({ from: gina, messageId: '<1@x>', subject }, gina);
    for (const { text } of [...Object.values(guestReplies), ...(foreign ? [foreign] : [])]) {
      expect(text).toMatch(/^[ -~]+$/);
      expect(text.length).toBeLessThan(LINE - '550 5.7.1 \r\n'.length);
    }
  });
});
