/**
 * Who may import whom (types count): everything is refused that is not in `allowed`. The few `forbidden` rules are what
 * a list of allowed imports cannot say. Circles of files are refused, and of folders. `npm run imports -- --self-test`
 * proves it.
 */
'use strict';

const shared = '^shared/';
const ports = '^electron/core/ports/';
const domain = '^electron/core/domain/';
const mail = '^electron/core/mail/';
const startCore = '^electron/core/start-core\\.ts$';
/** What is there for tests alone: beside the room it helps to test, or for the whole core. */
const testing = '^electron/core/.*\\btesting/';
const supervise = '^electron/supervise/';
const tests = '\\.test\\.tsx?$';

const npm = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;
const zod = npm('zod');
/** Node's own modules, with or without `node:`. */
const node = { types: ['core'] };

/** A port may name Node's Socket or Readable as a type; it never runs them. */
const typesOfNode = { path: '^(node:)?(net|stream|events|worker_threads)$', types: ['type-only'] };

const allow = (from, ...to) =>
  to.map((target) => ({ from: { path: from }, to: typeof target === 'string' ? { path: target } : target }));

/** Each adapter folder of the core: itself, ports, domain, shared, Node and its own libraries. */
const adapters = {
  store: ['@signalapp/sqlcipher', 'hash-wasm'],
  pgp: ['openpgp', '@noble/[^/]+', 'hash-wasm'],
  mime: ['fflate', 'htmlparser2', 'iconv-lite', 'nodemailer', 'ical.js'],
  smtp: ['smtp-server', 'nodemailer'],
  imap: [],
  clients: [],
  onion: ['@noble/[^/]+', '@scure/bip39'],
  gateway: ['nodemailer', 'smtp-server'],
  custody: ['@noble/[^/]+'],
  hkp: ['socks-proxy-agent'],
  runtime: [],
  backup: ['age-encryption', 'tar-stream', '@noble/ciphers'],
};
/** Adapters that also speak to the use cases. */
const mailDoors = ['smtp', 'imap', 'hkp', 'gateway'];
/** Adapters that do their work in other threads, by the room that starts and ends them. */
const workerUsers = ['pgp', 'mime'];
const workers = '^electron/core/worker/';

const adapterRules = Object.entries(adapters).flatMap(([name, libraries]) => {
  const folder = `^electron/core/${name}/`;
  const own = libraries.length > 0 ? [npm(...libraries)] : [];
  const others = [...(mailDoors.includes(name) ? [mail] : []), ...(workerUsers.includes(name) ? [workers] : [])];
  return allow(folder, folder, ports, domain, shared, zod, node, ...own, ...others);
});

/**
 * The floors of the use cases, lowest first: a room imports only from lower floors, never from its neighbours. Rooms
 * that are still to come have their place already.
 */
const mailFloors = [
  ['contacts', 'control', 'mailboxes', 'search'],
  ['trust', 'presence'],
  ['custody', 'keys', 'ledger'],
  ['incoming', 'outgoing'],
  ['lists', 'gateway', 'clients'],
  ['profile'],
];
/** What all rooms stand on: it knows none of them. */
const belowRooms = ['mailbox', 'delivery-slots'];
/** Rooms of today that have no floor yet; `.` are files outside of any room. */
const roomsWithoutFloor = [];

const rooms = (names) => `${mail}(${names.join('|')})/`;
const rulesOfFloor = (names, index) =>
  names.map((room) => ({
    name: `${room}-imports-only-from-lower-floors`,
    from: { path: rooms([room]), pathNot: [tests, '/testing/'] },
    to: { path: rooms([...names.filter((name) => name !== room), ...mailFloors.slice(index + 1).flat()]) },
  }));
const floorRules = [
  ...mailFloors.flatMap(rulesOfFloor).filter(({ to }) => !to.path.includes('()')),
  {
    name: 'mailbox-is-below-all-rooms',
    from: { path: `${mail}(${belowRooms.join('|')})\\.ts$` },
    to: { path: rooms(mailFloors.flat()) },
  },
  {
    name: 'each-room-of-mail-has-a-floor',
    from: { path: `${mail}(?!(${[...mailFloors.flat(), ...roomsWithoutFloor].join('|')})/)[^/]+/` },
    to: {},
  },
  ...(roomsWithoutFloor.includes('.')
    ? []
    : [
        {
          name: 'each-use-case-has-a-room',
          from: { path: `${mail}(?!(${belowRooms.join('|')})\\.ts$)[^/]+$`, pathNot: [tests] },
          to: {},
        },
      ]),
];

/** Folders that need each other today. Nothing else may join them; whoever parts them takes them off this list. */
const standingCircles = [];

/** Window: features use actions, queries, state and ui; those use what is below them. */
const window = (name) => `^renderer/${name}/`;
const windowLibraries = npm(
  'react',
  'react-dom',
  'zustand',
  'dexie',
  'radix-ui',
  '@radix-ui/[^/]+',
  'lucide-react',
  '@tanstack/[^/]+',
  'dompurify',
  'qrcode',
  'jsqr',
  'd3-hierarchy',
  '@scure/bip39',
  '@fontsource-variable/inter',
);
const style = '^renderer/.*\\.(css|svg|png|woff2)$';

module.exports = {
  allowed: [
    ...allow(shared, shared, zod),
    ...allow(domain, domain, shared),
    ...allow(mail, mail, domain, ports, shared),
    ...allow(ports, ports, domain, shared, typesOfNode),
    ...adapterRules,
    ...allow(workers, workers, domain, shared, node),
    ...allow('^electron/core/rpc/', '^electron/core/rpc/', mail, ports, domain, shared, zod, node),
    ...allow(startCore, '^electron/core/', shared, node),
    ...allow(
      '^electron/core/entry-utility\\.ts$',
      startCore,
      '^electron/core/(rpc|runtime)/',
      '^electron/core/pgp/packets/webcrypto-shim',
      ports,
      shared,
      node,
    ),
    // Tests and what is there for them may use the whole core, Node and the test libraries.
    ...allow(testing, '^electron/core/', shared, node, npm('.*')),
    ...allow(`^electron/core/.*${tests}`, '^electron/core/', shared, node, npm('(?!electron/).*')),
    ...allow(
      `^(shared|renderer|electron/(supervise|main|preload|headless))/.*${tests}`,
      npm('vitest', 'fast-check', 'zod', 'react', 'react-dom', 'fake-indexeddb'),
      node,
    ),
    // What the window's tests share: the real clients and mirror, with a test in the place of the core.
    ...allow(window('testing'), window('(testing|bridge|mirror|state)'), shared, npm('fake-indexeddb')),
    ...allow(`^renderer/.*${tests}`, window('testing')),
    ...allow(supervise, supervise, shared, node),
    // Its local socket speaks the core's own wire form.
    // A command is tried on a real core.
    ...allow(`^electron/headless/.*${tests}`, testing),
    ...allow(
      '^electron/headless/',
      '^electron/headless/',
      '^electron/core/rpc/(client-channel|json-line-channel|channel-pair)\\.ts$',
      '^electron/core/runtime/(json-log|system-clock)\\.ts$',
      startCore,
      supervise,
      shared,
      node,
    ),
    ...allow('^electron/main/', '^electron/main/', supervise, shared, npm('electron'), node, zod),
    ...allow('^electron/main/tray/tray-images\\.ts$', '^assets/tray/.*\\.png$'),
    ...allow('^electron/preload/', '^electron/preload/', shared, npm('electron')),
    ...allow(
      window('features/[^/]+'),
      window('(features|parts|words|actions|queries|state|ui|bridge|mirror)'),
      shared,
      windowLibraries,
      style,
    ),
    // Words, formats and small views that several features show; they do nothing by themselves.
    ...allow(window('parts'), window('(parts|words|queries|state|ui)'), shared, windowLibraries, style),
    ...allow(window('words'), window('words'), shared),
    ...allow(window('ui'), window('ui'), '^shared/(present|text/text-direction)\\.ts$', windowLibraries, style),
    ...allow(
      window('(actions|queries|state|mirror|bridge)'),
      window('(words|actions|queries|state|mirror|bridge)'),
      shared,
      windowLibraries,
    ),
    // Only words: what things are called, without any markup.
    ...allow(window('words'), window('words'), shared),
    // Replies are parsed where they arrive.
    ...allow(window('bridge'), zod),
    ...allow('^renderer/[^/]+$', '^renderer/', shared, windowLibraries, style),
    ...allow(
      '^e2e/',
      '^e2e/',
      shared,
      npm(
        'playwright',
        'playwright-core',
        'axe-core',
        'esbuild',
        'vitest',
        'vite',
        'smtp-server',
        'nodemailer',
        '@types/node',
        '@electron/fuses',
      ),
      '^scripts/',
      node,
      // How the window's files are served, for a browser in the window's place.
      '^electron/main/window/page-(files|headers)\\.ts$',
      // How programs are set up is tried as it is shown to the person.
      '^renderer/features/settings/(programs/program|devices/device)-setup\\.ts$',
      '^electron/core/testing/campaign\\.ts$',
    ),
    // Benchmarks start what they measure, and reach its window as the end-to-end tests do.
    // What is shown to hostile input: readers of the core, and of the window where they need no page.
    ...allow('^fuzz/', '^fuzz/', '^electron/core/', window('features/reader'), shared, npm('(?!electron/).*'), node),
    ...allow('^bench/', '^bench/', '^e2e/harness/', '^electron/core/', supervise, shared, npm('.*'), '^scripts/', node),
  ],
  forbidden: [
    {
      name: 'one-feature-knows-no-other',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'core-is-plain-node',
      from: { path: '^electron/(core|supervise|headless)/' },
      to: { path: npm('electron') },
    },
    {
      name: 'electron-only-in-main-and-preload',
      comment: 'Also when the name resolves to nothing.',
      from: { pathNot: '^electron/(main|preload)/' },
      to: { path: '^electron$' },
    },
    {
      name: 'testing-is-for-tests',
      from: { pathNot: [tests, '/testing/', '^(bench|e2e|fuzz)/'] },
      to: { path: '/testing/' },
    },
    ...floorRules,
  ],
  folderCircles: { except: [tests, '/testing/'], standing: standingCircles },
};
