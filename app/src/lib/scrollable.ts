// SPDX-License-Identifier: Apache-2.0
/// Makes a frame reachable by keyboard while what is in it is wider than it is. `label`: what is in it.
export function scrollable(frame: HTMLElement, label: string): {update: (label: string) => void; destroy: () => void} {
  let name = label;
  const look = (): void => {
    if (frame.scrollWidth > frame.clientWidth) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", name);
    } else {
      frame.removeAttribute("tabindex");
      frame.removeAttribute("role");
      frame.removeAttribute("aria-label");
    }
  };
  const observer = new ResizeObserver(look);
  observer.observe(frame);
  for (const child of frame.children) observer.observe(child);
  look();
  return {
    update: (other) => {
      name = other;
      look();
    },
    destroy: () => observer.disconnect(),
  };
}
