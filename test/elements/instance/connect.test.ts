import { expect } from '@open-wc/testing';
import { create as connect } from '../../../src/elements/instance/sections/connect.js';
import { signedIn } from '../../../stories/cloud.js';
import { says, showSection, textOf } from './section-host.js';

describe('how to get into an instance', () => {
  it('that only its network reaches, goes by way of another one that is reached from outside', async () => {
    const box = await showSection(await signedIn({ seed: 'demo' }), 'matlab-license', connect);
    await says(box, 'The command below goes by way of web-1');
    await says(box, 'ssh -J');
    expect(textOf(box)).to.match(/ssh -J \w+@198\.18\.\d+\.\d+ \w+@10\.\d+\.\d+\.\d+/);
    await expect(box).to.be.accessible();
  });

  it('goes by way of the institution’s own computer where the portal names one', async () => {
    const box = await showSection(await signedIn({ seed: 'demo' }), 'matlab-license', connect, {
      jumpHost: 'bastion.example.org',
    });
    await says(box, 'goes by way of bastion.example.org');
    await says(box, 'ssh -J');
    expect(textOf(box)).to.match(/ssh -J bastion\.example\.org \w+@10\./);
  });

  it('that is reached from outside, goes straight', async () => {
    const box = await showSection(await signedIn({ seed: 'demo' }), 'web-1', connect);
    await says(box, 'ssh ');
    expect(textOf(box)).to.not.contain('-J');
  });
});
