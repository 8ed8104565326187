/**
 * What `bench/openpgp` asks of the process that runs our OpenPGP, and what that answers. Paths are files of the
 * benchmark.
 */
export type OpenpgpCall =
  | { readonly do: 'export'; readonly secretKeyFile: string; readonly passphrase: string }
  | { readonly do: 'seal-and-open'; readonly plainFile: string; readonly sealedFile: string };

export type OpenpgpAnswer =
  | { readonly done: 'export'; readonly fingerprint: string }
  | { readonly done: 'seal-and-open'; readonly sealMs: number; readonly openMs: number }
  | { readonly done: 'failed'; readonly message: string };
