import type { Server } from '../../openstack/compute.js';
import { orderAddresses } from './addresses.js';
import { furtherOf, type ColumnKey } from './arrange.js';
import type { RowContext } from './row.js';
import { statusOf } from './status.js';
import { statusWord } from './words.js';

/** What a row has in a column as plain text, for a file. */
export function cellText(context: RowContext, server: Server, key: ColumnKey): string {
  const { localizer } = context.host;
  switch (key) {
    case 'name':
      return server.name;
    case 'status':
      return statusWord(localizer, statusOf(server).word);
    case 'addresses':
      return orderAddresses(server.addresses)
        .map(({ address }) => address)
        .join(' ');
    case 'size':
      return context.sizeOf(server).name;
    case 'creator':
      return context.creatorOf(server);
    case 'cost':
      return context.costOf(server);
    case 'image':
      return context.imageOf(server).text;
    case 'age':
      return server.created;
    case 'cloud':
    case 'project':
    case 'region':
      return context.placeOf(server, key);
    case 'id':
      return context.idOf(server);
    default:
      return furtherOf(server, key) ?? '';
  }
}
