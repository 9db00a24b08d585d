exports.rules = [
  {
    id: 'company-registry',
    level: 'error',
    what: 'Images come from the registry of the company.',
    why: 'Only those are scanned.',
    fix: 'use registry.example.com',
    check: (object) =>
      object.containers().flatMap((container) => {
        const image = object.text(`${container}.image`) ?? '';
        return image.startsWith('registry.example.com/')
          ? []
          : [{ path: `${container}.image`, message: `${image} is from elsewhere` }];
      }),
  },
];
