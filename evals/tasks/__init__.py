"""One task per component: it reads its dataset, asks the component, and judges every case."""
