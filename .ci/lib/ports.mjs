import { createServer } from 'node:net';

const isFree = (port, host) =>
  new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, host, () => probe.close(() => resolve(true)));
  });

/** Is the port free on every way to `localhost`? A program on the other address family would answer half of the browsers. */
export const portIsFree = async (port) =>
  (await isFree(port, '127.0.0.1')) && ((await isFree(port, '::1')) || !(await isFree(0, '::1')));

/** The first free port from `first` upward. */
export async function nextFreePort(first) {
  for (let port = first; port < first + 100; port += 1) if (await portIsFree(port)) return port;
  throw new Error(`No free port from ${first} to ${first + 99}.`);
}

/** A port number from the environment. */
export function portFrom(variable, fallback) {
  const text = process.env[variable];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${variable}=${text} is not a port: 1 to 65535.`);
  return port;
}

/** Ends the way a person understands when a fixed port is taken. */
export async function requirePort(port, variable, command) {
  if (await portIsFree(port)) return;
  throw new Error(`Port ${port} is taken. Choose another: ${variable}=${port + 1} ${command}`);
}
