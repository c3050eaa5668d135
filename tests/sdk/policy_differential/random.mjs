// Chance that repeats itself: the same seed gives the same cases on every machine.
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  // 0 ≤ x < 1, by a Weyl sequence and a mixing step.
  #next() {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let x = this.#state;
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
  }

  below(limit) {
    return Math.floor(this.#next() * limit);
  }

  chance(probability) {
    return this.#next() < probability;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  // One to `most` of them, in random order.
  some(list, most) {
    return Array.from({ length: 1 + this.below(most) }, () => this.pick(list));
  }

  // A list, or its only member, as policies may write it either way.
  oneOrMany(list, most) {
    const picked = this.some(list, most);
    return picked.length === 1 && this.chance(0.5) ? picked[0] : picked;
  }
}
