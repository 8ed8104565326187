import { expect, test } from 'vitest';
import { CameraGrant } from './camera-grant';

const fromPage = {
  permission: 'media',
  isMainFrame: true,
  url: 'app://posthorn/index.html',
  mediaTypes: ['video'],
} as const;

test('without the page’s own call the camera is refused to the page too', () => {
  expect(new CameraGrant().take(fromPage)).toBe(false);
});

test('leave is good for one request', () => {
  const grant = new CameraGrant();
  grant.set(true);
  expect([grant.take(fromPage), grant.take(fromPage)]).toEqual([true, false]);
});

test('leave can be taken back', () => {
  const grant = new CameraGrant();
  grant.set(true);
  grant.set(false);
  expect(grant.take(fromPage)).toBe(false);
});

test.each([
  ['a microphone', { mediaTypes: ['audio'] }],
  ['camera and microphone', { mediaTypes: ['video', 'audio'] }],
  ['the screen, which has no media type', { mediaTypes: [] }],
  ['a frame inside the page', { isMainFrame: false }],
  ['another page', { url: 'https://example.com/' }],
  ['a page whose name begins like ours', { url: 'app://posthorn.example/' }],
])('leave is not for %s, and is used up by the attempt', (_what, differently) => {
  const grant = new CameraGrant();
  grant.set(true);
  expect(grant.take({ ...fromPage, ...differently })).toBe(false);
  expect(grant.take(fromPage)).toBe(false);
});

test.each(['geolocation', 'notifications', 'display-capture', 'midi', 'clipboard-read'])(
  '%s is refused and leaves the leave as it is',
  (permission) => {
    const grant = new CameraGrant();
    grant.set(true);
    expect(grant.take({ ...fromPage, permission })).toBe(false);
    expect(grant.take(fromPage)).toBe(true);
  },
);
