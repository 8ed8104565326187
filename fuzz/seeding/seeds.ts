/** Inputs that people and programs really make: by target, by name. */
export type Seeds = Readonly<Record<string, Readonly<Record<string, Uint8Array | string>>>>;
