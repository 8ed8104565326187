import { makeSampleProfile, sampleEnvironment, type SampleProfile } from '../people/sample-profile';
import { launchApp, type RunningApp } from './launch-app';

/** A window on a made-up profile of its own, without tor. */
export type SampleWindow = RunningApp & {
  /** Closes it, and opens another on the same profile. */
  readonly again: () => Promise<SampleWindow>;
  /** Closes it and removes all that it made. */
  readonly end: () => Promise<void>;
};

/**
 * Opens one and waits until its list is there.
 * @param o `name`: a word for the temporary folder; `messages`: so many in all mailboxes of the profile
 */
export async function openSampleWindow(o: { readonly name: string; readonly messages: number }): Promise<SampleWindow> {
  return openOn(await makeSampleProfile(o.messages), o.name);
}

async function openOn(sample: SampleProfile, name: string): Promise<SampleWindow> {
  const window = await launchApp({ name, profile: sample.profile, env: sampleEnvironment });
  await window.page.emulateMedia({ reducedMotion: 'reduce' });
  await window.page.getByTestId('thread-row').nth(5).waitFor();
  const close = async (): Promise<void> => {
    await window.close();
    window.remove();
  };
  return {
    ...window,
    again: async () => {
      await close();
      return openOn(sample, name);
    },
    end: async () => {
      await close();
      sample.remove();
    },
  };
}
