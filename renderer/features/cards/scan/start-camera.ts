import type { ShellClient } from '../../../bridge/shell-client';
import type { CodeReader } from '../codes/code-reader';
import { MS_BETWEEN_LOOKS } from '../codes/limits';

/** `denied`: the desktop refuses; `none`: there is no camera; `busy`: another program has it, or it was taken away. */
export type CameraState = 'starting' | 'live' | 'denied' | 'none' | 'busy';

export type CameraParts = {
  readonly shell: ShellClient;
  readonly video: HTMLVideoElement;
  readonly reader: CodeReader;
  readonly onState: (state: CameraState) => void;
  readonly onCode: (text: string) => void;
};

/** The picture only, from the camera on the back where there are two; a frame of this size holds a card's code well. */
const wanted: MediaStreamConstraints = {
  video: { facingMode: 'environment', width: { ideal: 1_280 }, height: { ideal: 720 } },
  audio: false,
};

const trouble: Readonly<Record<string, CameraState>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
};

const stateOf = (error: unknown): CameraState =>
  error instanceof DOMException ? (trouble[error.name] ?? 'busy') : 'busy';

/**
 * Shows the camera's picture and tells of every code in it.
 * @returns ends it: the camera is off when this returns, or as soon as a camera that is still starting is there
 */
export const startCamera = (parts: CameraParts): (() => void) => {
  const ended = new AbortController();
  parts.onState('starting');
  run(parts, ended.signal).catch((error: unknown) => {
    if (!ended.signal.aborted) parts.onState(stateOf(error));
  });
  return () => ended.abort();
};

const run = async (parts: CameraParts, ended: AbortSignal): Promise<void> => {
  const stream = await openCamera(parts, ended);
  if (stream === undefined) return;
  const { video } = parts;
  const off = () => {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  ended.addEventListener('abort', off);
  if (ended.aborted) {
    off();
    return;
  }
  for (const track of stream.getTracks()) track.addEventListener('ended', () => parts.onState('busy'));
  video.srcObject = stream;
  await video.play();
  parts.onState('live');
  look(parts, ended);
};

/** The main process lets the page have the camera for this one request; what is left of its leave is given back. */
const openCamera = async ({ shell, onState }: CameraParts, ended: AbortSignal): Promise<MediaStream | undefined> => {
  const { granted } = await shell.call('camera.allow', { allowed: true });
  try {
    if (!granted) onState('denied');
    return granted && !ended.aborted ? await navigator.mediaDevices.getUserMedia(wanted) : undefined;
  } finally {
    await shell.call('camera.allow', { allowed: false });
  }
};

/** Looks at one frame after the other; a hidden window has none. */
const look = (parts: CameraParts, ended: AbortSignal, lastLook = 0): void => {
  parts.video.requestVideoFrameCallback((now) => {
    if (ended.aborted) return;
    if (now - lastLook < MS_BETWEEN_LOOKS) return look(parts, ended, lastLook);
    // The next look waits for the answer: a slow machine looks less often instead of falling behind.
    void lookOnce(parts, ended).finally(() => look(parts, ended, now));
  });
};

const lookOnce = async ({ video, reader, onCode }: CameraParts, ended: AbortSignal): Promise<void> => {
  if (video.videoWidth === 0) return;
  const found = await reader.inFrame(await createImageBitmap(video));
  const text = 'texts' in found ? found.texts[0] : undefined;
  if (text !== undefined && !ended.aborted) onCode(text);
};
