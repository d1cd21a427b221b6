// Unit tests speak to nobody: a request that a test did not expect fails at once, with the address it was meant for.
globalThis.fetch = (input) => {
  const url = typeof input === 'string' || input instanceof URL ? String(input) : input.url;
  return Promise.reject(new Error(`A test made a request it did not expect: ${url}`));
};
