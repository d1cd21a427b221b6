import { json, newApp, requireToken, type App } from './http.js';

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
  app.all('/placement/*', () =>
    json(
      {
        errors: [
          {
            status: 403,
            title: 'Forbidden',
            detail:
              'Access was denied to this resource.\n\n Policy does not allow placement:resource_providers:list to be performed.  ',
          },
        ],
      },
      403,
    ),
  );
  return app;
}
