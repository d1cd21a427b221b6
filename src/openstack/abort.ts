/** What a promise rejects with whose signal was aborted. */
export function abortion(): DOMException {
  return new DOMException('The request was aborted', 'AbortError');
}

/** A promise that also ends with the signal, for work that takes no heed of it or goes on for others. */
export function within<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortion());
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
