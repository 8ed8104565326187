import type { Command } from '../../session/command';
import { no, ok } from '../../session/tagged';

/** COMPRESS DEFLATE (RFC 4978). */
export const compress: Command = {
  state: 'authenticated',
  read: (reader) => {
    reader.space();
    const mechanism = reader.word();
    return ({ session: { client } }) => {
      if (mechanism !== 'DEFLATE') return no('There is no such mechanism', 'CANNOT');
      if (client.isCompressed) return no('DEFLATE is active already', 'COMPRESSIONACTIVE');
      if (client.hasSentAhead()) return no('Wait for the answer before you send on', 'CLIENTBUG');
      return { ...ok('DEFLATE is active'), after: () => client.compress() };
    };
  },
};
