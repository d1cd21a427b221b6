/** The nouns a portal may rename: an institution may call an instance a "computer" or a size a "flavor". */
export type VocabularyKey =
  | 'instance'
  | 'project'
  | 'size'
  | 'image'
  | 'volume'
  | 'keypair'
  | 'network'
  | 'securityGroup'
  | 'floatingIp'
  | 'cloud'
  | 'region';

/** A noun in lower case, as it stands inside a sentence. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

/** Every noun of the kit. A portal gives a `Partial<Vocabulary>`; what it leaves out keeps its usual name. */
export type Vocabulary = Readonly<Record<VocabularyKey, Noun>>;

/** The kit's own nouns. A translation brings its own under the namespace `vocabulary`. */
export const ENGLISH_VOCABULARY: Vocabulary = {
  instance: { one: 'instance', many: 'instances' },
  project: { one: 'project', many: 'projects' },
  size: { one: 'size', many: 'sizes' },
  image: { one: 'image', many: 'images' },
  volume: { one: 'volume', many: 'volumes' },
  keypair: { one: 'SSH key', many: 'SSH keys' },
  network: { one: 'network', many: 'networks' },
  securityGroup: { one: 'firewall group', many: 'firewall groups' },
  floatingIp: { one: 'public address', many: 'public addresses' },
  cloud: { one: 'cloud', many: 'clouds' },
  region: { one: 'region', many: 'regions' },
};
