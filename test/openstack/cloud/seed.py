#!/usr/bin/python3
"""Fills the rig's cloud through its public APIs.  Safe to run again.

    seed.py catalog    service users, roles, endpoints (openstack-up runs it)
    seed.py cloud      projects, users, flavors, images, networks, types
"""

import json
import os
import struct
import sys
import time

import requests

HOST = os.environ.get('RIG_HOST', '127.0.0.1')
REGION = os.environ.get('RIG_REGION', 'RegionOne')
STATE = os.environ.get('RIG_STATE', '/var/tmp/exo-widgets-openstack')
ADMIN = os.environ.get('RIG_ADMIN_PASSWORD', 'admin-password')
DEMO = os.environ.get('RIG_DEMO_PASSWORD', 'demo-password')
READER = os.environ.get('RIG_READER_PASSWORD', 'reader-password')
SERVICE = os.environ.get('RIG_SERVICE_PASSWORD', 'service-password')
ISSUER = os.environ.get('RIG_ISSUER', 'http://localhost:9480')
TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
HEAT = os.environ.get('RIG_HEAT', '0') == '1'
DESIGNATE = os.environ.get('RIG_DESIGNATE', '0') == '1'

KEYSTONE = 'http://127.0.0.1:5000/v3'
GLANCE = 'http://127.0.0.1:9292/v2'
NOVA = 'http://127.0.0.1:8774/v2.1'
NEUTRON = 'http://127.0.0.1:9696/v2.0'
CINDER = 'http://127.0.0.1:8776/v3'
DNS = 'http://127.0.0.1:9001/v2'

http = requests.Session()
http.trust_env = False   # no proxy, no .netrc


class Client:
    def __init__(self, user, password, project):
        self.headers = {}
        reply = http.post(KEYSTONE + '/auth/tokens', json={'auth': {
            'identity': {'methods': ['password'], 'password': {'user': {
                'name': user, 'domain': {'id': 'default'},
                'password': password}}},
            'scope': {'project': {'name': project,
                                  'domain': {'id': 'default'}}}}})
        reply.raise_for_status()
        self.headers['X-Auth-Token'] = reply.headers['X-Subject-Token']
        self.token = reply.json()['token']
        self.project = self.token['project']['id']

    def __call__(self, method, url, body=None, ok=(), **kwargs):
        headers = dict(self.headers, **kwargs.pop('headers', {}))
        reply = http.request(method, url, json=body, headers=headers, **kwargs)
        if reply.status_code >= 400 and reply.status_code not in ok:
            raise SystemExit('%s %s: %s %s' % (
                method, url, reply.status_code, reply.text[:400]))
        try:
            return reply.json()
        except ValueError:
            return None

    def find(self, url, key, **match):
        found = self('GET', url, params=match)[key]
        found = [x for x in found
                 if all(x.get(k) == v for k, v in match.items())]
        return found[0] if found else None

    def ensure(self, url, key, keys, body, match=('name',), query=None):
        """The one whose `match` attributes equal body's, made if absent."""
        wanted = {k: body[k] for k in match}
        for item in self('GET', query or url, params=wanted)[keys]:
            if all(item.get(k) == v for k, v in wanted.items()):
                return item
        return self('POST', url, {key: body})[key]


def wait(url, seconds=60):
    end = time.time() + seconds
    while True:
        try:
            if http.get(url, timeout=10).status_code < 500:
                return
        except requests.RequestException:
            pass
        if time.time() > end:
            raise SystemExit('no answer from ' + url)
        time.sleep(0.3)


def catalog():
    wait(KEYSTONE)
    k = Client('admin', ADMIN, 'admin')
    roles = {name: k.ensure(KEYSTONE + '/roles', 'role', 'roles',
                            {'name': name})['id']
             for name in ('admin', 'member', 'reader', 'service',
                          'heat_stack_owner', 'heat_stack_user')}
    project = k.ensure(KEYSTONE + '/projects', 'project', 'projects',
                       {'name': 'service', 'domain_id': 'default'},
                       ('name', 'domain_id'))['id']
    services = [
        ('placement', 'placement', 'placement', 8778, ''),
        ('glance', 'glance', 'image', 9292, ''),
        ('nova', 'nova', 'compute', 8774, '/v2.1'),
        ('neutron', 'neutron', 'network', 9696, ''),
        ('cinder', 'cinderv3', 'volumev3', 8776, '/v3/%(project_id)s'),
        ('cinder', 'cinder', 'block-storage', 8776, '/v3/%(project_id)s'),
    ]
    if HEAT:
        services.append(('heat', 'heat', 'orchestration', 8004,
                         '/v1/%(project_id)s'))
    if DESIGNATE:
        services.append(('designate', 'designate', 'dns', 9001, ''))
    for user in sorted({s[0] for s in services}):
        uid = k.ensure(KEYSTONE + '/users', 'user', 'users', {
            'name': user, 'domain_id': 'default', 'password': SERVICE},
            ('name', 'domain_id'))['id']
        for role in ('admin', 'service'):
            k('PUT', '%s/projects/%s/users/%s/roles/%s' % (
                KEYSTONE, project, uid, roles[role]))
    for _, name, kind, port, path in services:
        sid = k.ensure(KEYSTONE + '/services', 'service', 'services',
                       {'name': name, 'type': kind}, ('name', 'type'))['id']
        for interface in ('public', 'internal', 'admin'):
            k.ensure(KEYSTONE + '/endpoints', 'endpoint', 'endpoints', {
                'service_id': sid, 'interface': interface,
                'region_id': REGION,
                'url': 'http://%s:%d%s' % (HOST, port, path)},
                ('service_id', 'interface'))
    if HEAT:
        domain = k.ensure(KEYSTONE + '/domains', 'domain', 'domains',
                          {'name': 'heat'})['id']
        uid = k.ensure(KEYSTONE + '/users', 'user', 'users', {
            'name': 'heat_domain_admin', 'domain_id': domain,
            'password': SERVICE}, ('name', 'domain_id'))['id']
        k('PUT', '%s/domains/%s/users/%s/roles/%s' % (
            KEYSTONE, domain, uid, roles['admin']))


# name, vcpus, ram, disk, ephemeral, extra specs
FLAVORS = [
    ('m3.tiny', 1, 3072, 20, {}),
    ('m3.small', 2, 6144, 20, {}),
    ('m3.quad', 4, 15360, 20, {}),
    ('m3.medium', 8, 30720, 60, {}),
    ('m3.large', 16, 61440, 60, {}),
    ('m3.xl', 32, 128000, 60, {}),
    ('g3.medium', 8, 30720, 60, {'resources:VGPU': '1',
                                 ':architecture': 'x86_architecture'}),
]

IMAGES = [
    ('Featured-Ubuntu24', 'qcow2', 10, 1024, {
        'os_distro': 'ubuntu', 'os_version': '24.04', 'os_type': 'linux',
        'hw_qemu_guest_agent': 'yes', 'architecture': 'x86_64'}),
    ('Featured-Ubuntu22', 'qcow2', 10, 1024, {
        'os_distro': 'ubuntu', 'os_version': '22.04', 'os_type': 'linux',
        'hw_qemu_guest_agent': 'yes', 'architecture': 'x86_64'}),
    ('Featured-Debian12', 'qcow2', 5, 512, {
        'os_distro': 'debian', 'os_version': '12', 'os_type': 'linux',
        'architecture': 'x86_64'}),
    ('Featured-RockyLinux9', 'raw', 20, 2048, {
        'os_distro': 'rocky', 'os_version': '9', 'os_type': 'linux',
        'architecture': 'x86_64'}),
]


def qcow2(gigabytes):
    """A valid, empty qcow2 v2 image of that virtual size: one cluster of
    header, one of L1 table, refcounts, no data."""
    bits, size = 16, gigabytes << 30
    cluster = 1 << bits
    l1 = -(-size // (cluster * cluster // 8))
    header = struct.pack('>4sIQIIQIIQQIIQ', b'QFI\xfb', 2, 0, 0, bits, size,
                         0, l1, 3 * cluster, cluster, 1, 0, 0)
    table = struct.pack('>Q', 2 * cluster)
    block = struct.pack('>4H', 1, 1, 1, 1)
    return b''.join(x.ljust(cluster, b'\0')
                    for x in (header, table, block, b'\0' * (8 * l1)))


def cloud():
    for url in (GLANCE[:-2], NOVA, NEUTRON[:-4], CINDER[:-2]):
        wait(url)
    k = Client('admin', ADMIN, 'admin')
    roles = {r['name']: r['id'] for r in k('GET', KEYSTONE + '/roles')['roles']}
    user = k.ensure(KEYSTONE + '/users', 'user', 'users', {
        'name': 'demo', 'domain_id': 'default', 'password': DEMO,
        'email': 'demo@rig.example'}, ('name', 'domain_id'))['id']
    projects = {}
    for name, text in (('demo', 'Demonstration'),
                       ('research', 'A second allocation'),
                       ('noquota', 'An allocation that is used up')):
        projects[name] = k.ensure(KEYSTONE + '/projects', 'project',
                                  'projects', {
                                      'name': name, 'domain_id': 'default',
                                      'description': text},
                                  ('name', 'domain_id'))['id']
        for role in ('member', 'reader', 'heat_stack_owner'):
            k('PUT', '%s/projects/%s/users/%s/roles/%s' % (
                KEYSTONE, projects[name], user, roles[role]))
    reader = k.ensure(KEYSTONE + '/users', 'user', 'users', {
        'name': 'reader', 'domain_id': 'default', 'password': READER,
        'email': 'reader@rig.example'}, ('name', 'domain_id'))['id']
    k('PUT', '%s/projects/%s/users/%s/roles/%s' % (
        KEYSTONE, projects['demo'], reader, roles['reader']))

    identities(k, projects, roles, user)

    have = {f['name'] for f in
            k('GET', NOVA + '/flavors', params={'is_public': 'None'})['flavors']}
    for name, vcpus, ram, disk, specs in FLAVORS:
        if name in have:
            continue
        flavor = k('POST', NOVA + '/flavors', {'flavor': {
            'name': name, 'vcpus': vcpus, 'ram': ram, 'disk': disk}})['flavor']
        if specs:
            k('POST', '%s/flavors/%s/os-extra_specs' % (NOVA, flavor['id']),
              {'extra_specs': specs})

    have = {i['name'] for i in k('GET', GLANCE + '/images',
                                 params={'limit': 200})['images']
            if i['status'] == 'active'}
    for name, form, disk, ram, properties in IMAGES:
        if name in have:
            continue
        image = k('POST', GLANCE + '/images', dict(
            properties, name=name, disk_format=form, container_format='bare',
            visibility='public', min_disk=disk, min_ram=ram, tags=['featured']))
        data = qcow2(disk) if form == 'qcow2' else b'\0' * 65536
        k('PUT', '%s/images/%s/file' % (GLANCE, image['id']), data=data,
          headers={'Content-Type': 'application/octet-stream'})

    # The demo project may hold thousands of servers, research keeps Nova's
    # small defaults, and noquota may hold none.
    k('PUT', '%s/os-quota-sets/%s' % (NOVA, projects['demo']), {'quota_set': {
        'instances': 5000, 'cores': 20000, 'ram': 100000000,
        'key_pairs': 100, 'metadata_items': 128, 'server_groups': 100,
        'server_group_members': 1000}})
    k('PUT', '%s/os-quota-sets/%s' % (NOVA, projects['noquota']), {
        'quota_set': {'instances': 0}})
    k('PUT', '%s/quotas/%s' % (NEUTRON, projects['demo']), {'quota': {
        'port': 10000, 'floatingip': 2000, 'router': 50, 'network': 200,
        'subnet': 200}})
    k('PUT', '%s/%s/os-quota-sets/%s' % (CINDER, k.project, projects['demo']),
      {'quota_set': {'volumes': 1000, 'gigabytes': 100000, 'snapshots': 1000}})

    # public and the default subnet pool: what auto-allocation starts from
    public = k.ensure(NEUTRON + '/networks', 'network', 'networks', {
        'name': 'public', 'router:external': True, 'is_default': True,
        'provider:network_type': 'flat',
        'provider:physical_network': 'public', 'shared': False})
    k.ensure(NEUTRON + '/subnets', 'subnet', 'subnets', {
        'name': 'public-subnet', 'network_id': public['id'],
        'ip_version': 4, 'cidr': '198.18.0.0/16', 'gateway_ip': '198.18.0.1',
        'enable_dhcp': False}, ('name', 'network_id'))
    k.ensure(NEUTRON + '/subnetpools', 'subnetpool', 'subnetpools', {
        'name': 'shared-default-pool', 'is_default': True, 'shared': True,
        'prefixes': ['10.0.0.0/10'], 'default_prefixlen': 20,
        'min_prefixlen': 16})

    kinds = {t['name'] for t in
             k('GET', '%s/%s/types' % (CINDER, k.project))['volume_types']}
    for name, text in (('standard', 'Spinning disks'), ('ssd', 'Flash')):
        if name not in kinds:
            k('POST', '%s/%s/types' % (CINDER, k.project), {'volume_type': {
                'name': name, 'description': text,
                'extra_specs': {'volume_backend_name': 'rig'}}})

    # demo: network, subnet and router through auto-allocated-topology;
    # research is left empty on purpose.
    d = Client('demo', DEMO, 'demo')
    d('GET', '%s/auto-allocated-topology/%s' % (NEUTRON, d.project))
    group = d('GET', NEUTRON + '/security-groups', params={
        'name': 'default', 'project_id': d.project})['security_groups'][0]
    for rule in ({'protocol': 'tcp', 'port_range_min': 22,
                  'port_range_max': 22}, {'protocol': 'icmp'}):
        d('POST', NEUTRON + '/security-group-rules', {
            'security_group_rule': dict(
                rule, security_group_id=group['id'], direction='ingress',
                ethertype='IPv4', remote_ip_prefix='0.0.0.0/0')}, ok=(409,))

    if DESIGNATE:
        wait(DNS[:-2])
        for name in projects:
            c = Client('demo', DEMO, name)
            zone = name + '.rig.example.'
            if not c('GET', DNS + '/zones', params={'name': zone})['zones']:
                c('POST', DNS + '/zones', {
                    'name': zone, 'email': 'hostmaster@rig.example',
                    'ttl': 300})

    files()


def identities(k, projects, roles, demo):
    """The other ways in: a second factor, a password that has run out, a
    project that is closed, a second region, somebody else's identities."""
    def put(path):
        k('PUT', KEYSTONE + path)

    def user(name, password):
        uid = k.ensure(KEYSTONE + '/users', 'user', 'users', {
            'name': name, 'domain_id': 'default', 'password': password},
            ('name', 'domain_id'))['id']
        put('/projects/%s/users/%s/roles/%s' % (
            projects['demo'], uid, roles['member']))
        return uid

    mfa = user('mfa', 'mfa-password')
    have = k('GET', KEYSTONE + '/credentials',
             params={'user_id': mfa, 'type': 'totp'})['credentials']
    if not have:
        k('POST', KEYSTONE + '/credentials', {'credential': {
            'type': 'totp', 'user_id': mfa, 'blob': TOTP_SECRET}})
    k('PATCH', KEYSTONE + '/users/' + mfa, {'user': {'options': {
        'multi_factor_auth_enabled': True,
        'multi_factor_auth_rules': [['password', 'totp']]}}})

    # openstack-up lets this password run out.
    expired = user('expired', 'expired-password')
    k('PATCH', KEYSTONE + '/users/' + expired,
      {'user': {'password': 'expired-password'}})

    closed = k.ensure(KEYSTONE + '/projects', 'project', 'projects', {
        'name': 'closed', 'domain_id': 'default', 'enabled': False,
        'description': 'An allocation that has ended'},
        ('name', 'domain_id'))['id']
    put('/projects/%s/users/%s/roles/%s' % (closed, demo, roles['member']))

    # The same services once more, under the name of another region; only
    # research sees it.
    endpoints = k('GET', KEYSTONE + '/endpoints',
                  params={'interface': 'public'})['endpoints']
    k.ensure(KEYSTONE + '/regions', 'region', 'regions', {
        'id': 'RegionTwo', 'description': 'The other shore'}, ('id',))
    second = {e['service_id'] for e in endpoints if e['region_id'] == 'RegionTwo'}
    for e in endpoints:
        if e['region_id'] == REGION and e['service_id'] not in second:
            k('POST', KEYSTONE + '/endpoints', {'endpoint': {
                'service_id': e['service_id'], 'interface': 'public',
                'region_id': 'RegionTwo', 'url': e['url']}})
    groups = KEYSTONE + '/OS-EP-FILTER/endpoint_groups'
    group = k.ensure(groups, 'endpoint_group', 'endpoint_groups', {
        'name': REGION, 'filters': {'region_id': REGION}})['id']
    for name in ('demo', 'noquota'):
        k('PUT', '%s/%s/projects/%s' % (groups, group, projects[name]),
          ok=(409,))

    # Whoever the university vouches for is a member of project demo.
    people = k.ensure(KEYSTONE + '/groups', 'group', 'groups', {
        'name': 'lakeside', 'domain_id': 'default'},
        ('name', 'domain_id'))['id']
    put('/projects/%s/groups/%s/roles/%s' % (
        projects['demo'], people, roles['member']))
    federation = KEYSTONE + '/OS-FEDERATION'
    provider = federation + '/identity_providers/lakeside'
    k('PUT', provider, {'identity_provider': {
        'enabled': True, 'domain_id': 'default', 'remote_ids': [ISSUER]}},
      ok=(409,))
    k('PATCH', provider, {'identity_provider': {'remote_ids': [ISSUER]}})
    rules = [{'local': [{'user': {'name': '{0}'}, 'group': {'id': people}}],
              'remote': [{'type': 'HTTP_OIDC_SUB'}]}]
    k('PUT', federation + '/mappings/lakeside',
      {'mapping': {'rules': rules}}, ok=(409,))
    k('PATCH', federation + '/mappings/lakeside',
      {'mapping': {'rules': rules}})
    k('PUT', provider + '/protocols/openid',
      {'protocol': {'mapping_id': 'lakeside'}}, ok=(409,))


def files():
    clouds = {'clouds': {}}
    for name, who, word, project in (
            ('admin', 'admin', ADMIN, 'admin'), ('demo', 'demo', DEMO, 'demo'),
            ('research', 'demo', DEMO, 'research'),
            ('noquota', 'demo', DEMO, 'noquota'),
            ('reader', 'reader', READER, 'demo')):
        clouds['clouds'][name] = {
            'auth': {'auth_url': 'http://%s:5000/v3' % HOST,
                     'username': who, 'password': word,
                     'project_name': project,
                     'user_domain_name': 'Default',
                     'project_domain_name': 'Default'},
            'region_name': REGION, 'interface': 'public',
            'identity_api_version': 3, 'volume_api_version': '3'}
    with open(os.path.join(STATE, 'clouds.yaml'), 'w') as out:
        json.dump(clouds, out, indent=1)   # JSON is YAML
    with open(os.path.join(STATE, 'openrc'), 'w') as out:
        for key, value in (
                ('AUTH_URL', 'http://%s:5000/v3' % HOST),
                ('USERNAME', 'demo'), ('PASSWORD', DEMO),
                ('PROJECT_NAME', 'demo'), ('USER_DOMAIN_NAME', 'Default'),
                ('PROJECT_DOMAIN_NAME', 'Default'), ('REGION_NAME', REGION),
                ('IDENTITY_API_VERSION', '3'), ('INTERFACE', 'public')):
            out.write("export OS_%s='%s'\n" % (key, value))
    d = Client('demo', DEMO, 'demo')
    with open(os.path.join(STATE, 'endpoints'), 'w') as out:
        for entry in sorted(d.token['catalog'], key=lambda e: e['type']):
            for endpoint in entry['endpoints']:
                if endpoint['interface'] == 'public':
                    out.write('  %-14s %s\n' % (entry['type'],
                                                endpoint['url']))


if __name__ == '__main__':
    {'catalog': catalog, 'cloud': cloud}[sys.argv[1]]()
