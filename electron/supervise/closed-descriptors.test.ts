import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { closedDescriptors } from './closed-descriptors';

/** Tells what every descriptor from 3 on leads to, besides the one that it looks with. */
const look =
  "const fs=require('fs');for(const fd of fs.readdirSync('/proc/self/fd'))if(fd>2)try{console.log(fs.readlinkSync('/proc/self/fd/'+fd))}catch{}";

async function seenByChild(stdio: ReturnType<typeof closedDescriptors>['stdio']): Promise<string> {
  const child = spawn(process.execPath, ['-e', look], { stdio });
  let seen = '';
  child.stdout?.on('data', (part: Buffer) => (seen += part.toString()));
  await once(child, 'close');
  return seen;
}

describe.runIf(process.platform === 'linux')('closedDescriptors', () => {
  it('hands on nothing that is open here', async () => {
    const secret = openSync('/etc/hostname', 'r');
    const { stdio, release } = closedDescriptors();
    // The way a descriptor gets into a child on purpose, to show that the look would see it.
    const shown = await seenByChild(['pipe', 'pipe', 'pipe', secret]);
    const hidden = await seenByChild(stdio);
    release();
    closeSync(secret);
    expect(shown).toContain('/etc/hostname');
    expect(hidden).not.toContain('/etc/hostname');
  });

  it('still gives the child three pipes', () => {
    const { stdio, release } = closedDescriptors();
    release();
    expect(stdio.slice(0, 3)).toEqual(['pipe', 'pipe', 'pipe']);
  });
});
