import { describe, expect, it } from 'vitest';
import { DeviceKind } from '../../../../shared/programs/device';
import { deviceSetup } from './device-setup';

const name = 'a'.repeat(56);
const login = {
  user: 'alice@example.onion',
  password: '01234-56789-abcde-fghjk',
  onion: `${name}.onion`,
  keyLine: `${name}:descriptor:x25519:${'b'.repeat(52)}`,
};

const wholeText = (kind: DeviceKind, change: Partial<typeof login> = {}): string => {
  const { steps, files } = deviceSetup(kind, { ...login, ...change });
  return [...steps, ...files.map(({ text }) => text)].join('\n');
};

describe('how to set a device up', () => {
  it.each(DeviceKind.options)('names the onion and both ports: %s', (kind) => {
    for (const fact of [login.onion, '143', '587']) expect(wholeText(kind)).toContain(fact);
  });

  it('puts key and password into files, and places for them when they are shown no more', () => {
    for (const secret of [login.keyLine, login.password]) expect(wholeText('computer')).toContain(secret);
    const { files } = deviceSetup('computer', { ...login, password: undefined, keyLine: undefined });
    const later = files.map(({ text }) => text).join('\n');
    expect(later).toContain('THE-KEY');
    expect(later).toContain('THE-PASSWORD');
    expect(later).not.toContain('undefined');
  });

  it('leads both programs of a terminal by tor', () => {
    expect(wholeText('computer')).toContain('torsocks mbsync');
    expect(wholeText('computer')).toContain('proxy_host 127.0.0.1\nproxy_port 9050');
  });

  it('has mbsync log in without a look-up of its computer’s name, which would go to an exit of Tor', () => {
    expect(wholeText('computer')).toContain('\nAuthMechs LOGIN\n');
  });
});
