import { json, newApp, requireToken, unauthorized, type App } from './http.js';

/** Placement's version document; its resources are for administrators and stay unanswered. */
export function placement(): App {
  const app = newApp();
  for (const path of ['/placement', '/placement/'])
    app.get(path, () =>
      json({
        versions: [
          {
            id: 'v1.0',
            max_version: '1.39',
            min_version: '1.0',
            status: 'CURRENT',
            links: [{ rel: 'self', href: '' }],
          },
        ],
      }),
    );
  requireToken(app, '/placement/*');
  app.all('/placement/*', (call) =>
    call.get('token').roles.includes('admin')
      ? json(
          {
            errors: [{ status: 404, title: 'Not Found', detail: 'The resource could not be found.' }],
          },
          404,
        )
      : call.get('token').project
        ? json(
            {
              errors: [
                {
                  status: 403,
                  title: 'Forbidden',
                  detail: 'Access was denied to this resource.\n\n placement:resource_providers:list  ',
                },
              ],
            },
            403,
          )
        : unauthorized(new URL(call.env.base).origin),
  );
  return app;
}
