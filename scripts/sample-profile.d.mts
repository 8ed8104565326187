export const samplePassphrase: string;
