import { isOpenStackError } from './errors.js';

/** The rows that were asked for; none where the cloud does not tell them. Rejects with what is no OpenStackError. */
export async function orNone<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked;
  } catch (error) {
    if (!isOpenStackError(error)) throw error;
    return [];
  }
}
