/** A command that does not keep to the grammar (RFC 9051 9); `message` is the text of the tagged BAD. */
export class BadCommand extends Error {}
