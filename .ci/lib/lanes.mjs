/**
 * Runs jobs in so many lanes at once. They begin in the order given, each when those it comes `after` have ended (names
 * of jobs that are not there are nothing to wait for). A job that runs `beside` takes no lane.
 *
 * @param {{ name: string, after?: string[], beside?: boolean }[]} jobs
 * @param {number} lanes
 * @param {(job: { name: string }) => Promise<void>} start must not reject
 */
export async function inLanes(jobs, lanes, start) {
  const waiting = [...jobs];
  const open = new Set(jobs.map(({ name }) => name));
  const under = new Map();
  while (waiting.length > 0 || under.size > 0) {
    const full = [...under.values()].filter(({ beside }) => !beside).length >= lanes;
    const next = waiting.findIndex(
      ({ after = [], beside }) => (beside || !full) && !after.some((name) => open.has(name)),
    );
    if (next >= 0) {
      const [job] = waiting.splice(next, 1);
      const running = start(job).finally(() => {
        open.delete(job.name);
        under.delete(running);
      });
      under.set(running, job);
    } else if (under.size > 0) {
      await Promise.race(under.keys());
    } else {
      throw new Error(`${waiting.map(({ name }) => name).join(', ')} wait for one another.`);
    }
  }
}

/**
 * Lets several write as if they wrote one after the other: the first who has not ended is shown at once, the others when
 * their turn comes.
 */
export function inTurn(write = (text) => process.stdout.write(text)) {
  const queue = [];
  return () => {
    const turn = { text: '', ended: false };
    queue.push(turn);
    return {
      write(text) {
        if (queue[0] === turn) write(text);
        else turn.text += text;
      },
      end() {
        turn.ended = true;
        if (queue[0] !== turn) return;
        queue.shift();
        // those whose turn was held back by this one
        while (queue[0]) {
          write(queue[0].text);
          queue[0].text = '';
          if (!queue[0].ended) break;
          queue.shift();
        }
      },
    };
  };
}
