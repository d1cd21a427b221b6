"""What cloud-init itself makes of user data: carry-out.py FOLDER < user data, with cloudinit on PYTHONPATH.

Prints JSON: `config`, the cloud-config that its modules are given in the end; `invalid`, what its schema has against it;
`scripts`, [name, base64] in the order in which they are run; `hooks`, the boothooks; `commands`, what it makes of `bootcmd`
and `runcmd` for a shell. Everything is under FOLDER: no module is run, and a boothook is kept instead of being run.
"""
import base64
import contextlib
import json
import logging
import os
import sys

folder = sys.argv[1]
logging.basicConfig(stream=sys.stderr, level=logging.WARNING)

from cloudinit import handlers, sources, stages, util
from cloudinit.config import schema
from cloudinit.handlers import boot_hook

hooks = []


def keep(self, data, ctype, filename, payload, frequency):
    if ctype not in handlers.CONTENT_SIGNALS:
        hooks.append([filename, payload])


boot_hook.BootHookPartHandler.handle_part = keep


class Given(sources.DataSource):
    dsname = 'Given'

    def get_instance_id(self):
        return 'i-1'


for part in ('run', 'lib/instances/i-1/scripts', 'lib/handlers'):
    os.makedirs(os.path.join(folder, part), exist_ok=True)
os.symlink(os.path.join(folder, 'lib/instances/i-1'), os.path.join(folder, 'lib/instance'))
with open(os.path.join(folder, 'run/instance-data-sensitive.json'), 'w', encoding='utf-8') as file:
    json.dump({'v1': {'local_hostname': 'web'}, 'ds': {}}, file)

init = stages.Init()
init._cfg = {
    'system_info': {
        'distro': 'debian',
        'default_user': {'name': 'debian'},
        'paths': {'cloud_dir': folder + '/lib', 'run_dir': folder + '/run', 'templates_dir': folder},
    }
}
paths = init.paths
init.datasource = paths.datasource = Given(init._cfg, init.distro, paths)
init.datasource.userdata_raw = sys.stdin.buffer.read()
with contextlib.redirect_stdout(sys.stderr):
    init.update()
    init.consume_data()

with open(paths.get_ipath('cloud_config'), 'rb') as file:
    config = util.load_yaml(file.read(), default={}) or {}
invalid = None
try:
    schema.validate_cloudconfig_schema(config, strict=True)
except schema.SchemaValidationError as error:
    invalid = str(error)
scripts = []
where = os.path.join(folder, 'lib/instance/scripts')
for name in sorted(os.listdir(where)):
    with open(os.path.join(where, name), 'rb') as file:
        scripts.append([name, base64.b64encode(file.read()).decode()])
json.dump(
    {
        'config': config,
        'invalid': invalid,
        'scripts': scripts,
        'hooks': hooks,
        'commands': {
            name: util.shellify(config[name]) for name in ('bootcmd', 'runcmd') if name in config
        },
    },
    sys.stdout,
)
