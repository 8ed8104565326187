import { expect, it } from 'vitest';
import type { ProgramAccess } from '../../../../shared/programs/mail-program';
import { portFrom, portProblems, takenPorts } from './program-ports';

it('takes ports from 1 to 65535, written as digits', () => {
  expect(['1', '1143', ' 65535 '].map(portFrom)).toEqual([1, 1143, 65_535]);
  for (const text of ['', '0', '65536', '-1', '1e3', '11.5', '0x10', 'imap', '100000'])
    expect(portFrom(text)).toBeUndefined();
});

it('says what is wrong with two ports', () => {
  expect(portProblems('1143', '1587')).toEqual({ imap: undefined, submission: undefined });
  expect(portProblems('x', '1587')).toMatchObject({ imap: 'A port is a number from 1 to 65535.' });
  expect(portProblems('1143', '01143')).toMatchObject({ submission: 'Reading and sending need a port each.' });
});

it('names the ports that nobody can come in by', () => {
  const access = (imap: 'listening' | 'taken', submission: 'listening' | 'taken'): ProgramAccess => ({
    isOn: true,
    imap: { port: 1143, state: imap },
    submission: { port: 1587, state: submission },
    programs: [],
    connections: [],
  });
  expect(takenPorts(access('listening', 'listening'))).toBeUndefined();
  expect(takenPorts(access('taken', 'listening'))).toMatch(/^Port 1143: .* uses it,/);
  expect(takenPorts(access('taken', 'taken'))).toMatch(/^Ports 1143 and 1587: .* uses them,/);
});
