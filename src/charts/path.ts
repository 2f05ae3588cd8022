/**
 * Collects what a d3 shape draws as the shortest path data there is: whole units, relative moves, no needless separator.
 *
 * Curves make up most of a page, and half of their bytes are saved this way. Points that fall on the one before are dropped.
 * A path of a single point becomes a line of no length, which a round cap shows as a dot.
 * It is the part of a canvas context that straight d3 lines and areas use. Empty gives "".
 */
export class RelativePath {
  private text = "";
  private x = 0;
  private y = 0;
  private startX = 0;
  private startY = 0;
  private drawn = true;

  moveTo(x: number, y: number): void {
    this.closeDot();
    this.x = this.startX = Math.round(x);
    this.y = this.startY = Math.round(y);
    this.text += `M${this.x}${gap(this.y)}`;
    this.drawn = false;
  }

  lineTo(x: number, y: number): void {
    const nextX = Math.round(x);
    const nextY = Math.round(y);
    const dx = nextX - this.x;
    const dy = nextY - this.y;
    if (dx === 0 && dy === 0) return;
    this.text += this.drawn ? `${gap(dx)}${gap(dy)}` : `l${dx}${gap(dy)}`;
    this.drawn = true;
    this.x = nextX;
    this.y = nextY;
  }

  closePath(): void {
    this.text += this.drawn ? "z" : "h0";
    this.drawn = true;
    this.x = this.startX;
    this.y = this.startY;
  }

  toString(): string {
    this.closeDot();
    return this.text;
  }

  private closeDot(): void {
    if (this.drawn) return;
    this.text += "h0";
    this.drawn = true;
  }
}

/** A number after another one: the minus separates by itself. */
function gap(value: number): string {
  return value < 0 ? `${value}` : ` ${value}`;
}
