/**
 * What `shared/` takes of the URL of the WHATWG: it is the same in Node and in a window, and no library of types for
 * both has it alone.
 */
declare const URL: {
  new (text: string): {
    readonly href: string;
    readonly protocol: string;
    readonly username: string;
    readonly password: string;
    readonly host: string;
    readonly hostname: string;
    readonly pathname: string;
    readonly search: string;
  };
};
